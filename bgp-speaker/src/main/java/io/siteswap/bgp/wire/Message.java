package io.siteswap.bgp.wire;

/** A BGP message (RFC 4271 section 4). */
public sealed interface Message permits Open, Update, Notification, Keepalive, RouteRefresh {

    /** The type octet. */
    int type();
}
