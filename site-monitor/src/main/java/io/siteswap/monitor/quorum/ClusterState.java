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
 * @param labels what operators have written on sites: values by name, by site
 */
public record ClusterState(Map<String, List<Fact>> facts, Map<String, ServiceState> services,
        Map<String, Long> runs, Map<String, Map<String, String>> labels) {

    public ClusterState {
        facts = Map.copyOf(facts);
        services = Map.copyOf(services);
        runs = Map.copyOf(runs);
        labels = Map.copyOf(labels);
    }

    /** The state of a service, if it is one of the cluster's. */
    public Optional<ServiceState> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    ClusterState with(String service, ServiceState next) {
        Map<String, ServiceState> all = new HashMap<>(services);
        all.put(service, next);
        return withServices(all);
    }

    ClusterState withServices(Map<String, ServiceState> next) {
        return new ClusterState(facts, next, runs, labels);
    }

    ClusterState withFacts(String site, List<Fact> seen) {
        Map<String, List<Fact>> next = new HashMap<>(facts);
        next.put(site, seen);
        return new ClusterState(next, services, runs, labels);
    }

    ClusterState withRun(String site, long run) {
        Map<String, Long> next = new HashMap<>(runs);
        next.put(site, run);
        return new ClusterState(facts, services, next, labels);
    }

    ClusterState withLabel(String site, String name, String value) {
        Map<String, Map<String, String>> next = new HashMap<>(labels);
        Map<String, String> its = with(labels.getOrDefault(site, Map.of()), name, value);
        if (its.isEmpty()) {
            next.remove(site);
        } else {
            next.put(site, its);
        }
        return new ClusterState(facts, services, runs, next);
    }

    /** An empty value is none. */
    private static Map<String, String> with(Map<String, String> words, String name,
            String value) {
        Map<String, String> next = new HashMap<>(words);
        if (value.isEmpty()) {
            next.remove(name);
        } else {
            next.put(name, value);
        }
        return Map.copyOf(next);
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
     * @param maintenance why somebody works on it, by site; under the empty name the whole service
     */
    public record ServiceState(Ticket ticket, Optional<Decision> last, Optional<Running> running,
            Optional<Command.Request> request, Optional<String> blocked,
            Map<String, String> wanted, Optional<String> unfinished,
            Map<String, String> maintenance, Ledger ledger) {

        /** Under this name in {@code maintenance}, for the service at all of its sites. */
        public static final String EVERYWHERE = "";

        public ServiceState {
            wanted = Map.copyOf(wanted);
            maintenance = Map.copyOf(maintenance);
        }

        /** The state of a service that nobody has asked anything of. */
        public static ServiceState of(Ticket ticket) {
            return new ServiceState(ticket, Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.empty(), Map.of(), Optional.empty(), Map.of(), Ledger.EMPTY);
        }

        /** Somebody works on the whole service. */
        public boolean inMaintenance() {
            return maintenance.containsKey(EVERYWHERE);
        }

        ServiceState with(Ticket next) {
            return new ServiceState(next, last, running, request, blocked, wanted, unfinished,
                    maintenance, ledger);
        }

        ServiceState withRunning(Optional<Running> next) {
            return new ServiceState(ticket, last, next, request, blocked, wanted, unfinished,
                    maintenance, ledger);
        }

        ServiceState withRequest(Optional<Command.Request> next) {
            return new ServiceState(ticket, last, running, next, blocked, wanted, unfinished,
                    maintenance, ledger);
        }

        ServiceState withBlocked(Optional<String> next) {
            return new ServiceState(ticket, last, running, request, next, wanted, unfinished,
                    maintenance, ledger);
        }

        ServiceState withLast(Decision next) {
            return new ServiceState(ticket, Optional.of(next), running, request, blocked, wanted,
                    unfinished, maintenance, ledger);
        }

        ServiceState withWanted(String site, String rung) {
            Map<String, String> next = new HashMap<>(wanted);
            next.put(site, rung);
            return new ServiceState(ticket, last, running, request, blocked, next, unfinished,
                    maintenance, ledger);
        }

        ServiceState withMaintenance(String site, String reason) {
            return new ServiceState(ticket, last, running, request, blocked, wanted, unfinished,
                    ClusterState.with(maintenance, site, reason), ledger);
        }

        ServiceState with(Ledger next) {
            return new ServiceState(ticket, last, running, request, blocked, wanted, unfinished,
                    maintenance, next);
        }

        ServiceState withUnfinished(Optional<String> next) {
            return new ServiceState(ticket, last, running, request, blocked, wanted, next,
                    maintenance, ledger);
        }
    }

    /**
     * A transition under way.
     *
     * @param epoch the ticket's epoch when it started; names the transition
     * @param over steps that are over, by step id
     * @param asked an operator has asked for it
     */
    public record Running(Transition transition, long epoch, Map<String, Outcome> over,
            boolean asked) {
        public Running {
            over = Map.copyOf(over);
        }

        Running with(String step, Outcome outcome) {
            Map<String, Outcome> next = new HashMap<>(over);
            next.put(step, outcome);
            return new Running(transition, epoch, next, asked);
        }

        /** The site may have lost what it had promoted and started: it does so again. */
        Running withoutActivationsAt(String site) {
            Map<String, Outcome> next = new HashMap<>(over);
            for (Step step : transition.steps()) {
                if (step.site().equals(site) && step.activates()) {
                    next.remove(step.id());
                }
            }
            return new Running(transition, epoch, next, asked);
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
