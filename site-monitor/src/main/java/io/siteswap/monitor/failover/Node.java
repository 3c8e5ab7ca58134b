package io.siteswap.monitor.failover;

import io.siteswap.monitor.guard.Line;
import io.siteswap.monitor.quorum.ClusterState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole monitor as a value: {@code step(event)} gives the next one and what the world should do.
 *
 * @param joined the replica has caught up once since this process started
 * @param current nothing suggests that it has fallen behind since
 * @param last time of the newest event
 * @param agents what it does for each service at its own site, by service
 * @param leader present while it leads
 * @param renewed when the last renewal or grant of each service was applied here
 * @param nextRenew when the next renewal is due
 * @param deadline next moment that something waits for
 */
public record Node(Setup setup, ClusterState state, boolean joined, boolean current,
        long last, Sight sight, Pulse pulse,
        Map<String, Agent> agents, Optional<Leader> leader, Map<String, Long> renewed,
        long nextRenew, Joins joins, Outbox outbox, long deadline) {

    public Node {
        agents = Map.copyOf(agents);
        renewed = Map.copyOf(renewed);
    }

    /** The next node and what is to be done, in this order. */
    public record Stepped(Node next, List<Effect> effects) {
        public Stepped {
            effects = List.copyOf(effects);
        }
    }

    /** The right to be active, as this monitor counts it. */
    public record Lease(long epoch, long remainingNanos) {
    }

    /** A monitor that has just started, with what its replica remembers. */
    public static Node start(Setup setup, ClusterState state, long now) {
        Map<String, Agent> agents = new HashMap<>();
        setup.cluster().services().stream()
                .filter(service -> service.sites().contains(setup.site()))
                .forEach(service -> agents.put(service.name(), Agent.started(setup, now)));
        return new Node(setup, state, false, false, now, Sight.nothing(now),
                Pulse.none(setup, now), agents, Optional.empty(), Map.of(), now, Joins.NONE,
                Outbox.EMPTY, now);
    }

    /** Takes in what happened, then does all that is due. */
    public Stepped step(Event event) {
        Optional<Node> quiet = Quiet.after(this, event);
        if (quiet.isPresent()) {
            return new Stepped(quiet.get(), List.of());
        }
        List<Effect> out = new ArrayList<>();
        Turn turn = new Turn(this, out);
        turn.take(event);
        turn.act();
        return new Stepped(turn.node(), out);
    }

    /**
     * When to send a Tick if nothing else happens before. A monitor that slept for a lease would look
     * as if it had been away, so it never sleeps that long.
     */
    public long wake() {
        long latest = last + setup.lease() / 2;
        return deadline - latest < 0 ? deadline : latest;
    }

    /** The same, a little later and with these. */
    Node seen(long now, Pulse nextPulse, Map<String, Agent> nextAgents,
            Map<String, Long> nextRenewed) {
        return new Node(setup, state, joined, current, now, sight, nextPulse, nextAgents, leader,
                nextRenewed, nextRenew, joins, outbox, deadline);
    }

    /** The running lease of a service at this site, if it has one. */
    public Optional<Lease> lease(String service, long now) {
        return Optional.ofNullable(agents.get(service)).map(Agent::standing)
                .filter(Standing.Active.class::isInstance).map(Standing.Active.class::cast)
                .filter(active -> active.until() - now > 0)
                .map(active -> new Lease(active.epoch(), active.until() - now));
    }

    /**
     * Where this site stands with a service, for its guard.
     *
     * @param epoch 0 while unsure
     * @param until end of the lease (monotonic, ns) while active, else 0
     */
    public record Footing(Kind kind, long epoch, long until) {
        public enum Kind {
            UNSURE, ACTIVE, FENCING, IDLE
        }

        /** What the guard is told of it; nothing while unsure. */
        public Optional<Line> line(String service) {
            return switch (kind) {
                case UNSURE -> Optional.empty();
                case ACTIVE -> Optional.of(new Line.Lease(service, epoch, until));
                case FENCING -> Optional.of(new Line.Fencing(service, epoch));
                case IDLE -> Optional.of(new Line.Clear(service, epoch));
            };
        }
    }

    /** Where this site stands with a service; empty when it is none of its sites. */
    public Optional<Footing> footing(String service) {
        return Optional.ofNullable(agents.get(service)).map(Agent::standing)
                .map(standing -> switch (standing) {
                    case Standing.Unsure _ -> new Footing(Footing.Kind.UNSURE, 0, 0);
                    case Standing.Active it -> new Footing(Footing.Kind.ACTIVE, it.epoch(),
                            it.until());
                    case Standing.Fencing it -> new Footing(Footing.Kind.FENCING, it.epoch(), 0);
                    case Standing.Idle it -> new Footing(Footing.Kind.IDLE, it.epoch(), 0);
                });
    }

    /** What policy says about the facts that this monitor knows; no part of any decision. */
    public Evaluation explain() {
        return evaluation().orElseGet(
                () -> Evaluation.of(setup, Facts.of(setup.cluster(), state, List.of())));
    }

    /** What policy says now; absent where this monitor does not lead. */
    public Optional<Evaluation> evaluation() {
        return leader.map(Leader::evaluation);
    }
}
