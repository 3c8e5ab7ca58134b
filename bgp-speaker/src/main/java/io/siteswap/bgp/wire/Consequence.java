package io.siteswap.bgp.wire;

/** What a wrong byte from a neighbour leads to (RFC 7606 section 2), mildest first. */
public enum Consequence {
    /** The route lives on without the attribute. */
    ATTRIBUTE_DISCARD,
    /** The routes of this UPDATE are gone, the session lives on. */
    TREAT_AS_WITHDRAW,
    /** NOTIFICATION, and the session ends. */
    SESSION_RESET
}
