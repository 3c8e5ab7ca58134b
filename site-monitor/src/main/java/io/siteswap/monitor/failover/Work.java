package io.siteswap.monitor.failover;

import io.siteswap.monitor.quorum.ClusterState.Outcome;
import io.siteswap.policy.plan.Step;
import java.util.Optional;

/**
 * A step that this monitor has taken up, and how far it is.
 *
 * @param transition epoch that names the transition it belongs to; {@link #CHORE} for none
 * @param token fencing token under which it was last run
 * @param failures attempts that failed
 * @param notBefore when the next attempt may start
 * @param outcome present once it is over for good
 */
record Work(Step step, long transition, long token, int failures, boolean inFlight,
        long notBefore, Optional<Outcome> outcome) {

    /** Not part of a transition. */
    static final long CHORE = -1;

    static Work begun(Step step, long transition, long token, int failures) {
        return new Work(step, transition, token, failures, true, 0, Optional.empty());
    }

    Work ended(Outcome result) {
        return new Work(step, transition, token, failures, false, notBefore,
                Optional.of(result));
    }

    /** A chore went well; it is looked at again at {@code again}. */
    Work kept(Outcome result, long again) {
        return new Work(step, transition, token, 0, false, again, Optional.of(result));
    }

    Work failed(long retryAt) {
        return new Work(step, transition, token, failures + 1, false, retryAt,
                Optional.empty());
    }

    /** May it be started now, as part of {@code transition}? */
    boolean startable(View view) {
        return !inFlight && outcome.isEmpty() && view.due(notBefore);
    }

    static int attempts(Step step) {
        return step.activates()
                ? Setup.ATTEMPTS
                : step.verb() == Step.Verb.RESYNC ? 1 : Setup.OTHER_ATTEMPTS;
    }
}
