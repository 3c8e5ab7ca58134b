package io.siteswap.monitor.quorum;

/**
 * The right to be active for a service (Booth's term).
 *
 * @param holder site, empty when nobody ever held it
 * @param epoch fencing token, grows by one with each grant; 0 before the first
 */
public record Ticket(String service, String holder, long epoch, Phase phase) {

    /**
     * Transitions: VACANT to HELD (first grant); HELD to REVOKING (a decision); REVOKING or HELD to
     * RELEASED (the holder gave up); REVOKING to FENCED (its site has no power); REVOKING, RELEASED
     * or FENCED to HELD (next grant, next epoch).
     */
    public enum Phase {
        /** Never granted. */
        VACANT,
        /** The holder may renew. */
        HELD,
        /** No renewal is granted; the holder may still be active until its lease ends. */
        REVOKING,
        /** The holder confirmed that it is no longer active. */
        RELEASED,
        /** Others confirmed that the holder's site has no power. */
        FENCED
    }
}
