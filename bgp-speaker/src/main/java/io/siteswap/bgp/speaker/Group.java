package io.siteswap.bgp.speaker;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Community;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What makes the announcements to two neighbours differ: neighbours of one group get the same
 * bytes, encoded once.
 *
 * @param marked routes to it carry ONLY_TO_CUSTOMER (RFC 9234 section 5)
 */
record Group(Context context, List<Family> families, List<Address> nextHops, boolean marked,
        Map<String, Community> meanings) {

    static Group of(Peer peer) {
        return new Group(peer.context(), peer.families(), peer.nextHops(),
                peer.relation().marksSent(), peer.meanings());
    }

    /** Of the rung or of the session; IPv6 for IPv4 where both agreed to that (RFC 8950). */
    Optional<Address> nextHop(Family family, Rung rung) {
        Optional<Address> same = rung.nextHop(family, nextHops);
        return same.isPresent() || !context.extendedNextHop().contains(family)
                ? same
                : rung.nextHop(Family.IPV6_UNICAST, nextHops);
    }

    boolean external() {
        return context.external();
    }
}
