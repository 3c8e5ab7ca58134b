package io.siteswap.bgp.session;

/** Who opened the connection: collisions are decided by it (RFC 4271 section 6.8). */
public enum Direction {
    OUTGOING, INCOMING
}
