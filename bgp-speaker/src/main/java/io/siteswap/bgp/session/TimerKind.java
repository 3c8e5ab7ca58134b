package io.siteswap.bgp.session;

/** The timers of a session (RFC 4271 section 8); DelayOpen is not used. */
public enum TimerKind {
    CONNECT_RETRY, HOLD, KEEPALIVE, IDLE_HOLD
}
