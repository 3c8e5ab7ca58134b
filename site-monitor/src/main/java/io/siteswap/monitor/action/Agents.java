package io.siteswap.monitor.action;

import io.siteswap.monitor.action.ResourceAgent.ActionFailed;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.policy.plan.Step;

/**
 * The agents of all resources of one node's site, by service. Both calls block and may be made from
 * several threads at once; give each a thread of its own (virtual threads do).
 */
public final class Agents implements AutoCloseable {

    private Agents() {
    }

    /** The agents of the site that {@code node} stands in; none at an arbiter. */
    public static Agents of(ClusterConfig config, String node) {
        return new Agents();
    }

    /**
     * Carries one step of this site out, within the step timeout.
     *
     * @return one sentence: what was done
     * @throws ActionFailed with one sentence: what failed, or that the epoch is an old one
     */
    public String run(String service, long epoch, Step step)
            throws ActionFailed, InterruptedException {
        if (epoch >= 0) {
            throw new ActionFailed("nothing is built yet");
        }
        return "";
    }

    /**
     * Fences all resources of the service at this site at once. Returns or throws within the fence
     * bound; what is not over by then goes on, and a repeated call waits for the same work.
     *
     * @return one sentence: what was done
     * @throws ActionFailed naming each resource that is not known to be out of its active role
     */
    public String fence(String service, long epoch) throws ActionFailed, InterruptedException {
        if (epoch >= 0) {
            throw new ActionFailed("nothing is built yet");
        }
        return "";
    }

    @Override
    public void close() {
    }
}
