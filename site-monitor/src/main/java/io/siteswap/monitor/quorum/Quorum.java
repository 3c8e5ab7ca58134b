package io.siteswap.monitor.quorum;

import io.siteswap.monitor.quorum.ClusterState.Outcome;
import io.siteswap.monitor.quorum.ClusterState.Running;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command.Grant.Basis;
import io.siteswap.monitor.quorum.Ticket.Phase;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Step;
import io.siteswap.policy.plan.Transition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The deterministic state machine behind the log.
 *
 * <p>It is the last guard of the ticket: whatever a monitor that was paused, cut off or restarted
 * proposes, an old epoch or a wrong phase is refused here. Time it cannot check: that
 * {@link Basis#EXPIRED} is only claimed in time is up to the leader.
 */
public final class Quorum {

    private static final Reply DONE = new Reply.Done();

    private Quorum() {
    }

    /** The state before the first entry: a vacant ticket for each service. */
    public static ClusterState initial(List<String> services) {
        Map<String, ServiceState> all = new HashMap<>();
        for (String service : services) {
            Ticket vacant = new Ticket(service, "", 0, Phase.VACANT);
            all.put(service, ServiceState.of(vacant));
        }
        return new ClusterState(Map.of(), all, Map.of(), Map.of());
    }

    /** The state with those of the services that it lacks, vacant: they are new. */
    public static ClusterState withServices(ClusterState state, List<String> services) {
        Map<String, ServiceState> all = new HashMap<>(initial(services).services());
        all.putAll(state.services());
        return state.withServices(all);
    }

    /** Applies one committed command. Never throws on a command that does not fit: it refuses. */
    public static Applied apply(ClusterState state, Command command) {
        return switch (command) {
            case Command.Join join -> join(state, join);
            case Command.Report report -> new Applied(
                    state.withFacts(report.site(), report.facts()), DONE);
            case Command.Label label -> new Applied(
                    state.withLabel(label.site(), label.name(), label.value()), DONE);
            case Command.Renew renew -> renew(state, renew);
            case Command.Nudge _ -> new Applied(state, DONE);
            case Command.Decide decide -> onService(state, decide.decision().service(), decide,
                    Quorum::decide);
            case Command.Released released -> onService(state, released.service(), released,
                    (service, it) -> released(service, it, state));
            case Command.PoweredOff off -> onService(state, off.service(), off,
                    Quorum::poweredOff);
            case Command.Maintain maintain -> onService(state, maintain.service(), maintain,
                    Quorum::maintain);
            case Command.Served served -> onService(state, served.service(), served,
                    (service, it) -> done(service.with(
                            service.ledger().served(it.up(), it.cause(), it.at()))));
            case Command.Grant grant -> onService(state, grant.service(), grant, Quorum::grant);
            case Command.StepOver over -> onService(state, over.service(), over,
                    Quorum::stepOver);
            case Command.WantStance want -> onService(state, want.service(), want,
                    Quorum::wantStance);
            case Command.Request request -> onService(state, request.service(), request,
                    Quorum::request);
            case Command.Unblock unblock -> onService(state, unblock.service(), unblock,
                    (service, _) -> done(service.withBlocked(Optional.empty())));
        };
    }

    /** Next state and reply. */
    public record Applied(ClusterState next, Reply reply) {
    }

    private record Change(ServiceState next, Reply reply) {
    }

    private static <C> Applied onService(ClusterState state, String name, C command,
            BiFunction<ServiceState, C, Change> rule) {
        return state.service(name).map(service -> {
            Change change = rule.apply(service, command);
            return new Applied(state.with(name, change.next()), change.reply());
        }).orElseGet(() -> new Applied(state,
                new Reply.Refused("There is no service " + name + ".")));
    }

    private static Applied join(ClusterState state, Command.Join join) {
        long known = state.runs().getOrDefault(join.site(), Command.Join.NOBODY);
        if (join.run() != known && join.replaces() != known
                && join.replaces() != Command.Join.ANY) {
            return new Applied(state, new Reply.Refused("Another process of " + join.site()
                    + " joined in between."));
        }
        Map<String, ServiceState> services = new HashMap<>(state.services());
        if (join.voids() && join.run() != known) {
            services.replaceAll((_, service) -> service.withRunning(
                    service.running().map(it -> it.withoutActivationsAt(join.site()))));
        }
        return new Applied(state.withServices(services).withRun(join.site(), join.run()), DONE);
    }

    private static Applied renew(ClusterState state, Command.Renew renew) {
        Map<String, Long> epochs = state.services().values().stream().map(ServiceState::ticket)
                .filter(ticket -> ticket.phase() == Phase.HELD
                        && ticket.holder().equals(renew.site()))
                .collect(Collectors.toMap(Ticket::service, Ticket::epoch));
        return new Applied(state, new Reply.Renewed(epochs));
    }

    private static Change decide(ServiceState service, Command.Decide decide) {
        Ticket ticket = service.ticket();
        Decision decision = decide.decision();
        Transition transition = decide.transition();
        if (decide.ifEpoch() != ticket.epoch()) {
            return stale(service, decide.ifEpoch());
        }
        if (service.running().isPresent()) {
            return refuse(service, "A transition of " + ticket.service() + " is under way.");
        }
        if (transition.steps().isEmpty()) {
            return done(service.withRequest(Optional.empty()).withLast(decision));
        }
        if (!decision.from().equals(ticket.holder())) {
            return refuse(service, "The decision moves " + ticket.service() + " away from "
                    + decision.from() + ", but the holder is " + ticket.holder() + ".");
        }
        Running running = new Running(transition, ticket.epoch(), Map.of(), decide.asked());
        if (Transitions.isAutomaticMove(running) && service.blocked().isPresent()) {
            return refuse(service, "Automatic moves are blocked: " + service.blocked().get());
        }
        boolean revokes = running.grant().isPresent() && ticket.phase() == Phase.HELD;
        return done(service.withRequest(Optional.empty()).withLast(decision)
                .withRunning(Optional.of(running))
                .with(revokes ? phase(ticket, Phase.REVOKING) : ticket));
    }

    private static Change released(ServiceState service, Command.Released released,
            ClusterState state) {
        Ticket ticket = service.ticket();
        if (!isHolder(ticket, released.site(), released.epoch())) {
            return stale(service, released.epoch());
        }
        if (state.runs().getOrDefault(released.site(), released.run()) != released.run()) {
            return refuse(service, "The monitor of " + released.site()
                    + " was restarted after it sent this release.");
        }
        return switch (ticket.phase()) {
            case VACANT -> refuse(service, "Nobody holds " + ticket.service() + ".");
            case RELEASED -> done(service);
            case REVOKING, FENCED -> done(service.with(phase(ticket, Phase.RELEASED)));
            // A holder that gives up in the middle of its own take-over cannot finish it.
            case HELD -> done(Transitions.abortGranted(
                    service.with(phase(ticket, Phase.RELEASED)),
                    released.site() + " lost its lease before it had taken over."));
        };
    }

    private static Change poweredOff(ServiceState service, Command.PoweredOff off) {
        Ticket ticket = service.ticket();
        if (!isHolder(ticket, off.site(), off.epoch())) {
            return stale(service, off.epoch());
        }
        return switch (ticket.phase()) {
            case REVOKING -> done(service.with(phase(ticket, Phase.FENCED)));
            case RELEASED, FENCED -> done(service);
            case VACANT, HELD -> refuse(service, "No move takes " + ticket.service()
                    + " away from " + off.site() + "; ask for one first.");
        };
    }

    private static Change maintain(ServiceState service, Command.Maintain maintain) {
        ServiceState next = service.withMaintenance(maintain.site(), maintain.reason());
        if (!maintain.site().equals(ServiceState.EVERYWHERE)) {
            return done(next);
        }
        return done(next.with(maintain.reason().isEmpty()
                ? service.ledger().rested(maintain.at())
                : service.ledger().worked(maintain.reason(), maintain.at())));
    }

    private static Change grant(ServiceState service, Command.Grant grant) {
        Ticket ticket = service.ticket();
        if (grant.ifEpoch() != ticket.epoch()) {
            return stale(service, grant.ifEpoch());
        }
        Optional<Running> running = service.running()
                .filter(it -> it.grant().isPresent() && !it.granted()
                        && it.transition().to().equals(grant.site()));
        if (running.isEmpty()) {
            return refuse(service, "No transition waits for " + ticket.service()
                    + " to be granted to " + grant.site() + ".");
        }
        Step step = running.get().grant().orElseThrow();
        if (!running.get().mayGrant()) {
            return refuse(service, "A step that the grant must follow is not over.");
        }
        if (!fits(grant, ticket)) {
            return refuse(service, "Basis " + grant.basis() + " does not fit a ticket that is "
                    + ticket.phase() + " at " + ticket.holder() + ".");
        }
        Ticket next = new Ticket(ticket.service(), grant.site(), ticket.epoch() + 1, Phase.HELD);
        Outcome outcome = new Outcome(true, "Granted under epoch " + next.epoch() + ".");
        return done(Transitions.over(service.with(next).withUnfinished(Optional.empty()),
                running.get(), step, outcome));
    }

    private static boolean fits(Command.Grant grant, Ticket ticket) {
        return switch (grant.basis()) {
            case FIRST -> ticket.phase() == Phase.VACANT;
            case RELEASED -> ticket.phase() == Phase.RELEASED;
            case FENCED -> ticket.phase() == Phase.FENCED;
            // Released or fenced in the meantime: even better than expired.
            case EXPIRED -> ticket.phase() == Phase.REVOKING || ticket.phase() == Phase.RELEASED
                    || ticket.phase() == Phase.FENCED;
            case SAME -> ticket.phase() != Phase.HELD && ticket.phase() != Phase.VACANT
                    && ticket.holder().equals(grant.site());
        };
    }

    private static Change stepOver(ServiceState service, Command.StepOver over) {
        Optional<Running> running = service.running()
                .filter(it -> it.epoch() == over.epoch());
        if (running.isEmpty()) {
            return refuse(service, "No transition of epoch " + over.epoch() + " is under way.");
        }
        Optional<Step> step = running.get().step(over.step())
                .filter(it -> it.verb() != Step.Verb.GRANT);
        if (step.isEmpty()) {
            return refuse(service, "The transition has no step " + over.step() + " to end.");
        }
        if (running.get().over().containsKey(over.step())) {
            return done(service);
        }
        return done(Transitions.over(service, running.get(), step.get(),
                new Outcome(over.ok(), over.detail())));
    }

    private static Change wantStance(ServiceState service, Command.WantStance want) {
        if (service.running().isPresent()) {
            return refuse(service, "A transition sets the stances while it is under way.");
        }
        return want.rung().equals(service.wanted().get(want.site()))
                ? done(service)
                : done(service.withWanted(want.site(), want.rung()));
    }

    /** A newer request replaces one that still waits. */
    private static Change request(ServiceState service, Command.Request request) {
        String name = service.ticket().service();
        if (service.running().isPresent()) {
            return refuse(service, "A transition of " + name + " is under way; ask again later.");
        }
        boolean rebuildsHolder = request.kind() == Command.Request.Kind.RESYNC
                && request.site().equals(service.ticket().holder());
        if (rebuildsHolder) {
            return refuse(service, request.site() + " holds " + name
                    + "; rebuilding it would destroy the live data.");
        }
        return done(service.withRequest(Optional.of(request)));
    }

    private static boolean isHolder(Ticket ticket, String site, long epoch) {
        return ticket.holder().equals(site) && ticket.epoch() == epoch;
    }

    private static Ticket phase(Ticket ticket, Phase phase) {
        return new Ticket(ticket.service(), ticket.holder(), ticket.epoch(), phase);
    }

    private static Change done(ServiceState next) {
        return new Change(next, DONE);
    }

    private static Change stale(ServiceState service, long epoch) {
        return refuse(service, "Epoch " + epoch + " is not the ticket's: "
                + service.ticket().epoch() + " at " + service.ticket().holder() + ".");
    }

    private static Change refuse(ServiceState service, String reason) {
        return new Change(service, new Reply.Refused(reason));
    }
}
