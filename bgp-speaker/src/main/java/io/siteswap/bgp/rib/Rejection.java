package io.siteswap.bgp.rib;

/** Why a received route is not kept: it is as good as withdrawn. */
public enum Rejection {
    /** Our own AS stands in the path (RFC 4271 section 9.1.2). */
    OWN_AS,
    /** The path does not start with the neighbour's AS (RFC 4271 section 6.3). */
    FIRST_AS,
    /** The path is longer than allowed. */
    PATH_TOO_LONG,
    /** The next hop is no host, or is ourselves (RFC 4271 section 6.3). */
    NEXT_HOP,
    /** ONLY_TO_CUSTOMER says that it should not have come from there (RFC 9234 section 5). */
    LEAK,
    /** It was reflected back to us (RFC 4456 section 8). */
    REFLECTED,
    /** The filter of the neighbour does not take the prefix. */
    FILTERED,
    /** There is no room: too many prefixes, or too many paths of one prefix. */
    NO_ROOM
}
