package io.siteswap.bgp.session;

/**
 * Where a session stands (RFC 4271 section 8.2.2).
 *
 * <pre>
 * Idle -> Connect (start) | Active (start, passive)
 * Connect -> OpenSent (opened) | Active (failed) | Idle (stopped)
 * Active -> Connect (retry) | OpenSent (accepted) | Idle (stopped)
 * OpenSent -> OpenConfirm (OPEN) | Active (connection lost) | Idle (anything wrong)
 * OpenSent -> AwaitingBfd (OPEN, strict BFD agreed and not up)
 * AwaitingBfd -> OpenConfirm (BFD up) | Established (BFD up, KEEPALIVE was here) | Idle (too late)
 * OpenConfirm -> Established (KEEPALIVE) | Idle (anything wrong)
 * Established -> Idle (anything wrong)
 * </pre>
 */
public sealed interface State {

    /** Refuses connections; starts again when IDLE_HOLD expires, if that is armed. */
    record Idle() implements State {
    }

    /** Our connection is being opened. */
    record Connect() implements State {
    }

    /** Waits for the neighbour to connect, or for the next attempt of our own. */
    record Active() implements State {
    }

    /** Our OPEN is out. */
    record OpenSent(Direction direction) implements State {
    }

    /** Their OPEN is good; our KEEPALIVE is out. */
    record OpenConfirm(Direction direction, Negotiated negotiated) implements State {
    }

    /**
     * OpenConfirm before our KEEPALIVE: that waits for BFD, as both agreed.
     *
     * @param heard the neighbour's KEEPALIVE came already
     */
    record AwaitingBfd(Direction direction, Negotiated negotiated,
            boolean heard) implements State {

        @Override
        public String name() {
            return "OpenConfirm";
        }
    }

    record Established(Negotiated negotiated) implements State {
    }

    /** The RFC's name. */
    default String name() {
        return getClass().getSimpleName();
    }
}
