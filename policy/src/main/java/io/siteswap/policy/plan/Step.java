package io.siteswap.policy.plan;

import java.util.List;

/**
 * One step of a transition.
 *
 * @param id unique in the transition, e.g. {@code dc2.db.promote}
 * @param site the site whose monitor carries it out; empty for {@link Verb#GRANT}, done by the leader
 * @param resource name of the resource in the configuration; {@code announcement} for stances
 * @param argument verb's argument: the rung for {@link Verb#STANCE}, else empty
 * @param after ids of the steps that must be over (done, or given up where best effort) before
 * @param bestEffort a failure does not stop the transition, and GRANT does not wait for it beyond
 *        what the lease demands
 */
public record Step(String id, String site, String resource, Verb verb, String argument,
        List<String> after, boolean bestEffort) {

    /** OCF's verbs and the few that a site swap adds. */
    public enum Verb {
        /** Take the stance named by the argument. */
        STANCE,
        /** Load balancer: keep new requests waiting, send nothing anywhere. */
        PAUSE,
        /** Promotable: stop accepting writes, cut clients, flush to the replica. */
        DEMOTE,
        /** Startable: stop. Routable: send traffic to the other site. */
        STOP,
        /** Leader: move the ticket to the new site, when the old holder is demoted or fenced. */
        GRANT,
        /** Promotable: apply everything already received, then accept writes. */
        PROMOTE,
        /** Startable: start. Routable: send traffic to the local servers. */
        START,
        /** Promotable: replicate from the other site. Only after a clean demotion. */
        FOLLOW,
        /** Promotable: rebuild from the other site, then replicate from it. Manual only. */
        RESYNC
    }

    public Step {
        after = List.copyOf(after);
    }

    /** Brings the site nearer to being active, so it needs a running lease. */
    public boolean activates() {
        return switch (verb) {
            case PROMOTE, START -> true;
            case STANCE, PAUSE, DEMOTE, STOP, GRANT, FOLLOW, RESYNC -> false;
        };
    }
}
