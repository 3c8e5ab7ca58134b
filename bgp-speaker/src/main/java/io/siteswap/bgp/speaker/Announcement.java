package io.siteswap.bgp.speaker;

import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Attribute;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Communities;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.LocalPref;
import io.siteswap.bgp.wire.MpReach;
import io.siteswap.bgp.wire.MpUnreach;
import io.siteswap.bgp.wire.MultiExitDisc;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The UPDATE that puts own prefixes on a rung at one neighbour. */
final class Announcement {

    private static final long LOCAL_PREF = 100;

    private Announcement() {
    }

    static Update announce(long ownAs, Peer peer, Rung rung, Address nextHop,
            List<Prefix> prefixes) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Origin(Origin.Source.IGP));
        if (peer.external()) {
            attributes.add(AsPath.repeat(ownAs, 1 + rung.prepends()));
        } else {
            attributes.add(new AsPath(List.of()));
            attributes.add(new LocalPref(LOCAL_PREF));
        }
        rung.med().ifPresent(med -> attributes.add(new MultiExitDisc(med)));
        if (!rung.communities().isEmpty()) {
            attributes.add(new Communities(rung.communities()));
        }
        return switch (nextHop.family()) {
            case IPV4_UNICAST -> {
                attributes.add(new NextHop(nextHop));
                yield new Update(List.of(), new Attributes(attributes), prefixes);
            }
            case IPV6_UNICAST -> {
                attributes.add(new MpReach(Family.IPV6_UNICAST, nextHop, Optional.empty(),
                        prefixes));
                yield new Update(List.of(), new Attributes(attributes), List.of());
            }
        };
    }

    static Update withdraw(Family family, List<Prefix> prefixes) {
        return switch (family) {
            case IPV4_UNICAST -> new Update(prefixes, Attributes.NONE, List.of());
            case IPV6_UNICAST -> new Update(List.of(),
                    Attributes.of(new MpUnreach(family, prefixes)), List.of());
        };
    }
}
