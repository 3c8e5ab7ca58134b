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
    private boolean news;
    private long last;
    private Sight sight;
    private Optional<Leader> leader;
    private long nextRenew;
    private Outbox outbox;

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
        this.leader = node.leader();
        this.nextRenew = node.nextRenew();
        this.outbox = node.outbox();
    }

    Node node() {
        return new Node(setup, state, joined, current, last, sight, agents, leader, renewed,
                nextRenew, outbox);
    }

    void take(Event event) {
        // After a long pause the next entries may be old news.
        current = current && event.now() - last < setup.lease();
        last = event.now();
        switch (event) {
            case Event.Tick _ -> {
            }
            case Event.Applied applied -> applied(applied);
            case Event.Leadership it -> leadership(it);
            case Event.Observed it -> sight = new Sight(it.facts(), true);
            case Event.Renewed it -> it.epochs().forEach((service, epoch) -> onAgent(service,
                    it.now(), (agent, view) -> agent.with(LeaseKeeper
                            .renewed(agent.standing(), view, it.sent(), epoch))));
            // The next period tries again; the lease covers several.
            case Event.NotRenewed _ -> current = false;
            case Event.StepOver it -> onAgent(it.service(), it.now(),
                    (agent, view) -> agent.stepOver(view, it, out));
            case Event.Fenced it -> onAgent(it.service(), it.now(),
                    (agent, view) -> agent.fenced(view, it, out));
            case Event.Guarded it -> onAgent(it.service(), it.now(), (agent, view) -> agent
                    .with(LeaseKeeper.guarded(agent.standing(), view, it.epoch())));
            case Event.NotProposed it -> {
                current = false;
                outbox = outbox.failed(it.command(), it.now(), setup.backoff(0), setup.retry());
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

    private void applied(Event.Applied event) {
        ClusterState before = state;
        state = event.state();
        news = true;
        leader = leader.map(it -> it.changed(before, state, event.now()));
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
                onAgent(grant.service(), event.now(), (agent, _) -> agent
                        .with(LeaseKeeper.granted(agent.standing(), event.now())));
            }
        }
        if (event.command() instanceof Command.Join join && join.site().equals(setup.site())
                && join.run() == setup.run()) {
            joined(event.now());
        }
        if (current) {
            Chronicle.tell(before, event, out);
        }
        if (leader.isPresent() && Chronicle.concernsOthers(event.command())) {
            // Followers learn that an entry is committed from the one after it.
            out.add(new Effect.Propose(new Command.Nudge()));
        }
    }

    private void joined(long now) {
        current = true;
        if (!joined) {
            joined = true;
            setup.cluster().services().forEach(service -> onAgent(service.name(), now,
                    (agent, view) -> agent.with(LeaseKeeper.joined(agent.standing(), view))));
        }
    }

    void act(long now) {
        List<Command> wanted = new ArrayList<>();
        setup.cluster().services().forEach(service -> onAgent(service.name(), now,
                (agent, view) -> agent.act(view, sight, out)));
        renew(now);
        join(wanted);
        report(wanted);
        setup.cluster().services().forEach(service -> view(service.name(), now).ifPresent(
                view -> Optional.ofNullable(agents.get(service.name()))
                        .ifPresent(agent -> agent.propose(view, wanted))));
        if (current) {
            lead(now, wanted);
        }
        outbox = outbox.flush(wanted, now, setup.retry(), out);
    }

    private void renew(long now) {
        boolean holds = setup.cluster().services().stream()
                .anyMatch(service -> view(service.name(), now)
                        .filter(view -> Optional.ofNullable(agents.get(service.name()))
                                .filter(agent -> agent.renews(view)).isPresent())
                        .isPresent());
        if (holds && now - nextRenew >= 0) {
            nextRenew = now + setup.renew();
            out.add(new Effect.Renew());
        }
    }

    private void join(List<Command> wanted) {
        Long run = state.runs().get(setup.site());
        if (!current || run == null || run != setup.run()) {
            wanted.add(new Command.Join(setup.site(), setup.run()));
        }
    }

    private void report(List<Command> wanted) {
        if (sight.any() && !sight.facts().equals(state.facts().get(setup.site()))) {
            wanted.add(new Command.Report(setup.site(), sight.facts()));
        }
    }

    private void lead(long now, List<Command> wanted) {
        List<View> views = setup.cluster().services().stream()
                .flatMap(service -> view(service.name(), now).stream()).toList();
        leader = leader.map(it -> it.look(setup, state, news, views, renewed, out));
        leader.ifPresent(it -> views.forEach(view -> it.propose(view, renewed, wanted)));
    }

    private void onAgent(String service, long now, BiFunction<Agent, View, Agent> change) {
        Agent agent = agents.get(service);
        if (agent != null) {
            view(service, now)
                    .ifPresent(view -> agents.put(service, change.apply(agent, view)));
        }
    }

    private Optional<View> view(String service, long now) {
        Optional<ServiceState> known = state.service(service);
        return setup.cluster().services().stream().filter(it -> it.name().equals(service))
                .findFirst().flatMap(shape -> known.map(it -> new View(setup, shape, state, it,
                        joined, current, now)));
    }

    private void note(Note.Kind kind, String service, String text) {
        out.add(new Note(kind, service, text));
    }
}
