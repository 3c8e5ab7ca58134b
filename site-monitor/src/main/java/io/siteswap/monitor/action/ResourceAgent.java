package io.siteswap.monitor.action;

import io.siteswap.policy.plan.Step;

/**
 * Carries out verbs on one real resource of this site. Every verb is idempotent: asked again for
 * what already is, it says so and succeeds. Calls block; the caller gives each its own thread and
 * a deadline, and interrupts when that is over.
 */
public interface ResourceAgent {

    /**
     * @param epoch fencing token; an agent refuses one older than the newest it has seen
     * @return one sentence: what was done
     * @throws ActionFailed with one sentence: what failed and what to do
     */
    String run(Step.Verb verb, String argument, long epoch)
            throws ActionFailed, InterruptedException;

    /**
     * The hard, fast way out of the active role for a site that lost its lease. Uses nothing but
     * this site; idempotent.
     */
    String fence() throws ActionFailed, InterruptedException;

    /**
     * The part of a fence that changes nothing: reaches what it would reach. Shows that a fence
     * would work, keeps its code loaded, and measures the way.
     *
     * @return one sentence: how the resource stands
     */
    String look() throws ActionFailed, InterruptedException;

    /** A verb did not succeed. The message is one sentence for the operator. */
    final class ActionFailed extends Exception {
        public ActionFailed(String message) {
            super(message);
        }

        public ActionFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
