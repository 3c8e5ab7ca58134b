package io.siteswap.monitor.failover;

import io.siteswap.monitor.failover.Effect.Note;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** One step of a {@link Node} while it is being made. Lives no longer than the step. */
final class Turn {

    private final Setup setup;
    private final List<Effect> out;
    private final Map<String, Agent> agents;
    private final Map<String, Long> renewed;
    private ClusterState state;
    private boolean joined;
    private boolean current;
    private long last;
    private Sight sight;
    private Pulse pulse;
    private Optional<Leader> leader;
    private long nextRenew;
    private Joins joins;
    private Outbox outbox;
    private Agenda agenda;
    private boolean moved;

    Turn(Node node, List<Effect> out) {
        this.setup = node.setup();
        this.out = out;
        this.agents = new HashMap<>(node.agents());
        this.renewed = new HashMap<>(node.renewed());
        this.state = node.state();
        this.joined = node.joined();
        this.current = node.current();
        this.last = node.last();
        this.sight = node.sight();
        this.pulse = node.pulse();
        this.leader = node.leader();
        this.nextRenew = node.nextRenew();
        this.joins = node.joins();
        this.outbox = node.outbox();
        this.agenda = new Agenda(last);
    }

    Node node() {
        return new Node(setup, state, joined, current, last, sight, pulse, agents, leader,
                renewed, nextRenew, joins, outbox, moved ? agenda.now() : agenda.next());
    }

    void take(Event event) {
        if (event.now() - last >= setup.lease()) {
            // After a long pause the next entries may be old news, and so is what was seen.
            current = false;
            sight = sight.away(event.now() + setup.settle());
        }
        last = event.now();
        agenda = new Agenda(last);
        switch (event) {
            case Event.Tick _ -> {
            }
            case Event.Applied applied -> applied(applied);
            case Event.Leadership it -> leadership(it);
            case Event.Observed it -> sight = sight.observed(it.facts());
            case Event.Renewed it -> it.epochs().forEach((service, epoch) -> onAgent(service,
                    (agent, view) -> agent.with(LeaseKeeper
                            .renewed(agent.standing(), view, it.sent(), epoch))));
            // The next period tries again; the lease covers several.
            case Event.NotRenewed _ -> current = false;
            case Event.StepOver it -> onAgent(it.service(),
                    (agent, view) -> agent.stepOver(view, it, out));
            case Event.Fenced it -> onAgent(it.service(),
                    (agent, view) -> agent.fenced(view, it, out));
            case Event.PoweredOff it -> {
                poweredOff(it);
                leader = leader.map(leads -> leads.poweredOff(it, setup));
            }
            case Event.Guarded it -> onAgent(it.service(), (agent, view) -> agent
                    .with(LeaseKeeper.guarded(agent.standing(), view, it.epoch())));
            case Event.Guarding it -> onAgent(it.service(), (agent, _) -> agent.with(
                    LeaseKeeper.guarding(agent.standing(), it.epoch(), it.until())));
            case Event.NotProposed it -> {
                current = false;
                outbox = outbox.failed(it.command(), it.now(), setup.backoff(0), setup.retry());
                joins = it.command() instanceof Command.Join join
                        ? joins.failed(join, setup, it.now())
                        : joins;
            }
        }
    }

    private void leadership(Event.Leadership it) {
        if (it.leading() != leader.isPresent()) {
            note(Note.Kind.LEADER, "", setup.site()
                    + (it.leading() ? " leads." : " no longer leads."));
        }
        leader = it.leading() ? Optional.of(Leader.elected(setup, it.now())) : Optional.empty();
    }

    /** Only who still waits for it tries again. */
    private void poweredOff(Event.PoweredOff it) {
        boolean waited = leader.filter(leads -> leads.awaits(it)).isPresent();
        if (it.ok()) {
            note(Note.Kind.FENCE, it.service(), it.site() + " has no power: " + it.detail());
        } else if (waited) {
            note(Note.Kind.ALARM, it.service(), it.site()
                    + " is not known to be without power, trying again: " + it.detail());
        } else {
            note(Note.Kind.FENCE, it.service(), "Nobody waits any more for " + it.site()
                    + " to be powered off: " + it.detail());
        }
    }

    private void applied(Event.Applied event) {
        ClusterState before = state;
        state = event.state();
        pulse = pulse.beats(setup, event.now());
        if (!before.equals(state)) {
            leader = leader.map(it -> it.changed(before, state, event.now()));
        }
        if (event.reply() instanceof Reply.Renewed granted) {
            granted.epochs().keySet().forEach(service -> renewed.put(service, event.now()));
        }
        if (event.reply() instanceof Reply.Refused) {
            return;
        }
        if (event.command() instanceof Command.Grant grant) {
            renewed.put(grant.service(), event.now());
            // The first lease of the new holder is on the path of every failover.
            nextRenew = grant.site().equals(setup.site()) ? event.now() : nextRenew;
            if (joined && grant.site().equals(setup.site())) {
                onAgent(grant.service(), (agent, view) -> agent
                        .with(LeaseKeeper.granted(agent.standing(), view)));
            }
        }
        if (event.command() instanceof Command.Join join
                && joins.count(join, setup, event.now())) {
            joins = joins.arrived(event.now());
            joined();
        }
        if (current) {
            Chronicle.tell(before, event, out);
        }
        if (leader.isPresent() && Chronicle.concernsOthers(event.command())) {
            // Followers learn that an entry is committed from the one after it.
            out.add(new Effect.Propose(new Command.Nudge()));
        }
    }

    private void joined() {
        current = true;
        if (!joined) {
            joined = true;
            setup.cluster().services().forEach(service -> onAgent(service.name(),
                    (agent, view) -> agent.with(LeaseKeeper.joined(agent.standing(), view))));
        }
    }

    void act() {
        Map<String, Agent> agentsBefore = Map.copyOf(agents);
        Optional<Leader> leaderBefore = leader;
        List<Command> wanted = new ArrayList<>();
        setup.cluster().services().forEach(service -> onAgent(service.name(),
                (agent, view) -> agent.act(view, sight, out)));
        renew();
        join();
        report(wanted);
        setup.cluster().services().forEach(service -> view(service.name()).ifPresent(
                view -> Optional.ofNullable(agents.get(service.name()))
                        .ifPresent(agent -> agent.propose(view, wanted))));
        if (current) {
            lead(wanted);
        }
        outbox = outbox.flush(wanted, agenda, setup.retry(), out);
        // What has just changed may be the reason for something else.
        moved = !agents.equals(agentsBefore) || !leader.equals(leaderBefore);
    }

    private void renew() {
        boolean holds = agents.entrySet().stream().anyMatch(it -> view(it.getKey())
                .filter(view -> it.getValue().renews(view)).isPresent());
        if (holds && agenda.due(nextRenew)) {
            nextRenew = agenda.now() + setup.renew();
            agenda.remind(nextRenew);
            out.add(new Effect.Renew());
        }
    }

    private void join() {
        long run = state.runs().getOrDefault(setup.site(), Command.Join.NOBODY);
        if (!current || run != setup.run()) {
            joins = joins.send(setup, run, agenda, out);
        }
    }

    private void report(List<Command> wanted) {
        if (sight.any() && !sight.facts().equals(state.facts().get(setup.site()))) {
            wanted.add(new Command.Report(setup.site(), sight.facts()));
        }
    }

    private void lead(List<Command> wanted) {
        if (leader.isEmpty()) {
            return;
        }
        List<View> views = new ArrayList<>();
        setup.cluster().services()
                .forEach(service -> view(service.name()).ifPresent(views::add));
        Leader next = leader.get().look(setup, state, views, renewed, out);
        leader = Optional.of(next);
        views.forEach(view -> next.propose(view, renewed, wanted));
    }

    private void onAgent(String service, BiFunction<Agent, View, Agent> change) {
        Agent agent = agents.get(service);
        if (agent != null) {
            view(service)
                    .ifPresent(view -> agents.put(service, change.apply(agent, view)));
        }
    }

    private Optional<View> view(String service) {
        ServiceState known = state.services().get(service);
        for (Cluster.Service shape : setup.cluster().services()) {
            if (shape.name().equals(service) && known != null) {
                return Optional.of(
                        new View(setup, shape, state, known, joined, current, pulse, agenda));
            }
        }
        return Optional.empty();
    }

    private void note(Note.Kind kind, String service, String text) {
        out.add(new Note(kind, service, text));
    }
}
