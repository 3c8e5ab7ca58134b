package io.siteswap.monitor.quorum;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Step;
import io.siteswap.policy.plan.Transition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is replicated. A value: {@link Quorum#apply} returns a new one.
 *
 * @param facts last report of each site
 * @param services by name
 * @param runs newest {@link Command.Join} of each site
 */
public record ClusterState(Map<String, List<Fact>> facts, Map<String, ServiceState> services,
        Map<String, Long> runs) {

    public ClusterState {
        facts = Map.copyOf(facts);
        services = Map.copyOf(services);
        runs = Map.copyOf(runs);
    }

    /** The state of a service, if it is one of the cluster's. */
    public Optional<ServiceState> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    ClusterState with(String service, ServiceState next) {
        Map<String, ServiceState> all = new HashMap<>(services);
        all.put(service, next);
        return new ClusterState(facts, all, runs);
    }

    /**
     * One service.
     *
     * @param last the newest decision that differs from the one before
     * @param running the transition under way
     * @param request an operator's request that no decision has consumed yet
     * @param blocked reason why automatic moves are blocked
     * @param wanted wanted stance by site
     * @param unfinished why the holder may be active in parts only: the transition that gave it the
     *        service, or gave it back, was given up after the grant
     */
    public record ServiceState(Ticket ticket, Optional<Decision> last, Optional<Running> running,
            Optional<Command.Request> request, Optional<String> blocked,
            Map<String, String> wanted, Optional<String> unfinished) {
        public ServiceState {
            wanted = Map.copyOf(wanted);
        }

        ServiceState with(Ticket next) {
            return new ServiceState(next, last, running, request, blocked, wanted, unfinished);
        }

        ServiceState withRunning(Optional<Running> next) {
            return new ServiceState(ticket, last, next, request, blocked, wanted, unfinished);
        }

        ServiceState withRequest(Optional<Command.Request> next) {
            return new ServiceState(ticket, last, running, next, blocked, wanted, unfinished);
        }

        ServiceState withBlocked(Optional<String> next) {
            return new ServiceState(ticket, last, running, request, next, wanted, unfinished);
        }

        ServiceState withLast(Decision next) {
            return new ServiceState(ticket, Optional.of(next), running, request, blocked, wanted,
                    unfinished);
        }

        ServiceState withWanted(String site, String rung) {
            Map<String, String> next = new HashMap<>(wanted);
            next.put(site, rung);
            return new ServiceState(ticket, last, running, request, blocked, next, unfinished);
        }

        ServiceState withUnfinished(Optional<String> next) {
            return new ServiceState(ticket, last, running, request, blocked, wanted, next);
        }
    }

    /**
     * A transition under way.
     *
     * @param epoch the ticket's epoch when it started; names the transition
     * @param over steps that are over, by step id
     */
    public record Running(Transition transition, long epoch, Map<String, Outcome> over) {
        public Running {
            over = Map.copyOf(over);
        }

        Running with(String step, Outcome outcome) {
            Map<String, Outcome> next = new HashMap<>(over);
            next.put(step, outcome);
            return new Running(transition, epoch, next);
        }

        /** The site may have lost what it had promoted and started: it does so again. */
        Running withoutActivationsAt(String site) {
            Map<String, Outcome> next = new HashMap<>(over);
            for (Step step : transition.steps()) {
                if (step.site().equals(site) && step.activates()) {
                    next.remove(step.id());
                }
            }
            return new Running(transition, epoch, next);
        }

        /** The step of that id, if the transition has it. */
        public Optional<Step> step(String id) {
            for (Step step : transition.steps()) {
                if (step.id().equals(id)) {
                    return Optional.of(step);
                }
            }
            return Optional.empty();
        }

        /** The GRANT step, if the transition has one. */
        public Optional<Step> grant() {
            for (Step step : transition.steps()) {
                if (step.verb() == Step.Verb.GRANT) {
                    return Optional.of(step);
                }
            }
            return Optional.empty();
        }

        /**
         * Every mandatory step that the grant comes after went well. Best effort is not waited
         * for: what safety needs of the old site, its lease enforces.
         */
        public boolean mayGrant() {
            return grant().filter(it -> it.after().stream().allMatch(this::allowsGrant))
                    .isPresent();
        }

        private boolean allowsGrant(String id) {
            Outcome outcome = over.get(id);
            return step(id).filter(Step::bestEffort).isPresent()
                    || (outcome != null && outcome.ok());
        }

        /** The ticket has moved already. */
        public boolean granted() {
            return grant().map(step -> over.containsKey(step.id())).orElse(false);
        }
    }

    /** How a step ended. */
    public record Outcome(boolean ok, String detail) {
    }
}
