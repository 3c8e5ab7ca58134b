package io.siteswap.bgp.session;

/** The timers of a session. */
public enum TimerKind {
    /** RFC 4271 section 8. */
    CONNECT_RETRY, HOLD, KEEPALIVE, IDLE_HOLD,
    /** Bytes wait unsent (RFC 9687). */
    SEND_HOLD,
    /** Until the neighbour's restart time is over (RFC 4724). */
    RESTART,
    /** Until a family's long-lived stale time is over (RFC 9494). */
    LONG_LIVED,
    /** Until the routes of a neighbour that is back, but sends no End-of-RIB, are swept. */
    STALE,
    /** Since our own restart, as long as the R bit is true of us. */
    RESTARTED
}
