package io.siteswap.bgp.speaker;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import java.util.List;

/**
 * What makes the announcements to two neighbours differ: neighbours of one group get the same
 * bytes, encoded once.
 *
 * @param marked routes to it carry ONLY_TO_CUSTOMER (RFC 9234 section 5)
 */
record Group(Context context, List<Family> families, List<Address> nextHops, boolean marked) {

    static Group of(Peer peer) {
        return new Group(peer.context(), peer.families(), peer.nextHops(),
                peer.relation().marksSent());
    }

    boolean external() {
        return context.external();
    }
}
