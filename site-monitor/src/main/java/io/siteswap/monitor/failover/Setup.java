package io.siteswap.monitor.failover;

import io.siteswap.monitor.config.ClusterConfig.Timing;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Resource;
import io.siteswap.policy.plan.Rules;
import io.siteswap.policy.plan.Transition;
import io.siteswap.policy.plan.TransitionPlan;
import io.siteswap.policy.verdicts.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Everything about a monitor that does not change while it runs.
 *
 * @param site whose monitor this is
 * @param run names this process, see {@code Command.Join}
 */
public record Setup(String site, long run, Cluster cluster, Timing timing, Rules rules,
        Placing placing, Planning planning) {

    /** Facts and verdicts to one decision per service. */
    @FunctionalInterface
    public interface Placing {
        List<Decision> decide(Collection<? extends Fact> facts, List<Verdict> verdicts);
    }

    /** Decisions to transitions. */
    public interface Planning {

        /** As {@link TransitionPlan} has it. */
        Planning STANDARD = new Planning() {
            @Override
            public Transition of(Decision decision, List<Resource> resources) {
                return TransitionPlan.of(decision, resources);
            }

            @Override
            public Transition restore(String service, String site, String other,
                    List<Resource> resources) {
                return TransitionPlan.restore(service, site, other, resources);
            }

            @Override
            public Transition resync(String service, String holder, String standby,
                    List<Resource> resources) {
                return TransitionPlan.resync(service, holder, standby, resources);
            }
        };

        /** The transition of a move; no steps when the decision moves nothing. */
        Transition of(Decision decision, List<Resource> resources);

        /** Brings {@code site} back to active; {@code other} is made a standby again. */
        Transition restore(String service, String site, String other, List<Resource> resources);

        /** Rebuilds the standby from the holder. */
        Transition resync(String service, String holder, String standby,
                List<Resource> resources);
    }

    /** An activating step is tried this often before the transition is given up. */
    static final int ATTEMPTS = 5;

    /** Any other step: once more, for what a second look repairs. */
    static final int OTHER_ATTEMPTS = 2;

    /** Since a holder's last renewal, until it certainly is not active any more (rule 3). */
    long expiry() {
        return nanos(timing.lease()) + nanos(timing.fenceBound()) + nanos(timing.driftMargin());
    }

    long lease() {
        return nanos(timing.lease());
    }

    long renew() {
        return nanos(timing.renew());
    }

    long stepTimeout() {
        return nanos(timing.stepTimeout());
    }

    long cooldown() {
        return nanos(timing.cooldown());
    }

    /**
     * After a transition, probes need this long to tell the new truth; until then only the loss of
     * a whole site moves a service.
     */
    long settle() {
        long probe = nanos(timing.probe()) + nanos(timing.probeTimeout());
        return (timing.rise() + timing.fall()) * probe;
    }

    /** Pause before attempt {@code n + 1} of something that failed {@code n} times. */
    long backoff(int n) {
        return nanos(timing.heartbeat()) << Math.min(n, 4);
    }

    /** A command that was not applied within this is proposed again; all are idempotent. */
    long retry() {
        return 2 * renew();
    }

    private static long nanos(Duration duration) {
        return duration.toNanos();
    }
}
