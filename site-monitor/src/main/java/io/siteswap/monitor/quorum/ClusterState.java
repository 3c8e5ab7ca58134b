package io.siteswap.monitor.quorum;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Transition;
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

    /**
     * One service.
     *
     * @param last the newest decision that differs from the one before
     * @param running the transition under way
     * @param request an operator's request that no decision has consumed yet
     * @param blocked reason why automatic moves are blocked
     * @param wanted wanted stance by site
     */
    public record ServiceState(Ticket ticket, Optional<Decision> last, Optional<Running> running,
            Optional<Command.Request> request, Optional<String> blocked,
            Map<String, String> wanted) {
        public ServiceState {
            wanted = Map.copyOf(wanted);
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
    }

    /** How a step ended. */
    public record Outcome(boolean ok, String detail) {
    }
}
