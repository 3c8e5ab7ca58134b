package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.MpReach;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Prefix;
import java.util.List;
import java.util.Optional;

/** A prefix as one neighbour announces it. */
public record Route(Prefix prefix, Source source, Attributes attributes) {

    public AsPath asPath() {
        return attributes.find(AsPath.class).orElse(new AsPath(List.of()));
    }

    /** From NEXT_HOP, or MP_REACH_NLRI for other families than IPv4. */
    public Optional<Address> nextHop() {
        Optional<Address> hop = attributes.find(NextHop.class).map(NextHop::address);
        return prefix.family() == Family.IPV4_UNICAST && hop.isPresent()
                ? hop
                : attributes.find(MpReach.class).map(MpReach::hop);
    }
}
