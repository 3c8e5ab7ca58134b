package io.siteswap.bgp.speaker;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attribute;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Communities;
import io.siteswap.bgp.wire.Community;
import io.siteswap.bgp.wire.ExtendedCommunities;
import io.siteswap.bgp.wire.LargeCommunities;
import io.siteswap.bgp.wire.LocalPref;
import io.siteswap.bgp.wire.MpReach;
import io.siteswap.bgp.wire.MultiExitDisc;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.OnlyToCustomer;
import io.siteswap.bgp.wire.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The attributes that put own prefixes on a rung at one neighbour. */
final class Announcement {

    private static final long LOCAL_PREF = 100;

    private Announcement() {
    }

    static Attributes attributes(long ownAs, Group group, Rung rung, Address nextHop) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Origin(Origin.Source.IGP));
        if (group.external()) {
            attributes.add(AsPath.repeat(ownAs, 1 + rung.prepends()));
        } else {
            attributes.add(new AsPath(List.of()));
            attributes.add(new LocalPref(LOCAL_PREF));
        }
        rung.med().ifPresent(med -> attributes.add(new MultiExitDisc(med)));
        List<Community> communities = communities(group, rung);
        if (!communities.isEmpty()) {
            attributes.add(new Communities(communities));
        }
        if (!rung.large().isEmpty()) {
            attributes.add(new LargeCommunities(rung.large()));
        }
        if (!rung.extended().isEmpty()) {
            attributes.add(new ExtendedCommunities(rung.extended()));
        }
        if (group.marked()) {
            attributes.add(new OnlyToCustomer(ownAs));
        }
        attributes.add(switch (nextHop.family()) {
            case IPV4_UNICAST -> new NextHop(nextHop);
            case IPV6_UNICAST -> MpReach.via(nextHop.family(), nextHop, group.nextHops());
        });
        return new Attributes(attributes);
    }

    /** Those of the rung, and of what it asks for the ones that mean it to this neighbour. */
    private static List<Community> communities(Group group, Rung rung) {
        List<Community> all = new ArrayList<>(rung.communities());
        rung.asks().stream().map(group.meanings()::get).filter(Objects::nonNull)
                .filter(c -> !all.contains(c)).forEach(all::add);
        return all;
    }
}
