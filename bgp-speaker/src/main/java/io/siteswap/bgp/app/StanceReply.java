package io.siteswap.bgp.app;

/** Answer to a stance. */
public sealed interface StanceReply {

    /** It is safe on disk and on its way to the neighbours. */
    record Accepted(String prefix, String rung, long epoch) implements StanceReply {
    }

    /**
     * Nothing changed.
     *
     * @param reason one sentence
     */
    record Refused(String reason) implements StanceReply {
    }
}
