package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.BgpRole;

/** What a neighbour is to us, as both sides agreed (RFC 9234 section 4). */
public enum Relation {
    /** Nothing was agreed: no rule applies. */
    UNKNOWN, PROVIDER, CUSTOMER, PEER, ROUTE_SERVER, ROUTE_SERVER_CLIENT;

    /** @param ours what we are to it */
    public static Relation of(BgpRole ours) {
        return switch (ours.counterpart()) {
            case PROVIDER -> PROVIDER;
            case CUSTOMER -> CUSTOMER;
            case PEER -> PEER;
            case ROUTE_SERVER -> ROUTE_SERVER;
            case ROUTE_SERVER_CLIENT -> ROUTE_SERVER_CLIENT;
        };
    }

    /** A route that it announces goes to our customers only (section 5, ingress rule 3). */
    boolean marksReceived() {
        return this == PROVIDER || this == PEER || this == ROUTE_SERVER;
    }

    /** A route with ONLY_TO_CUSTOMER from it is a leak (section 5, ingress rule 1). */
    boolean neverPassesMarked() {
        return this == CUSTOMER || this == ROUTE_SERVER_CLIENT;
    }

    /** What we announce to it gets ONLY_TO_CUSTOMER (section 5, egress rule 1). */
    public boolean marksSent() {
        return this == CUSTOMER || this == PEER || this == ROUTE_SERVER_CLIENT;
    }

    /** It never gets a route with ONLY_TO_CUSTOMER (section 5, egress rule 2). */
    boolean getsNoMarked() {
        return this == PROVIDER || this == PEER || this == ROUTE_SERVER;
    }
}
