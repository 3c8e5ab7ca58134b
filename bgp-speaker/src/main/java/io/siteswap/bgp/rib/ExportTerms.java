package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attribute;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.ClusterList;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.LocalPref;
import io.siteswap.bgp.wire.MpReach;
import io.siteswap.bgp.wire.MultiExitDisc;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.OnlyToCustomer;
import io.siteswap.bgp.wire.OriginatorId;
import io.siteswap.bgp.wire.PathFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * On which terms received routes are passed on to one neighbour.
 *
 * @param to the neighbour
 * @param relation what it is to us
 * @param ownAs put in front of the path for another AS
 * @param nextHops ours, the first of a family counts, and a link-local one beside it; a family
 * without is not announced to another AS
 */
public record ExportTerms(Source to, Relation relation, long ownAs, List<Address> nextHops,
        Context context) {

    /** What keeps a path from being passed on to this neighbour, looked up without decoding it. */
    boolean forbids(PathTable paths, int path, Source from) {
        boolean external = to.external();
        return paths.is(path, PathFacts.NO_ADVERTISE)
                || (external && paths.is(path, PathFacts.NO_EXPORT))
                // RFC 9494 section 4.3: not to who may not know what it means.
                || (external && paths.is(path, PathFacts.LLGR_STALE))
                || from.peer().equals(to.peer())
                // RFC 4271 section 9.2: inside the AS everybody tells for himself.
                || (!external && !from.external())
                || (relation.getsNoMarked() && paths.is(path, PathFacts.HAS_OTC));
    }

    /** The attributes as this neighbour gets them; empty: there is no next hop to tell. */
    Optional<Attributes> attributes(Attributes received, Family family, long localPref) {
        List<Attribute> out = new ArrayList<>();
        for (Attribute attribute : received.list()) {
            if (!inside(attribute)) {
                out.add(attribute);
            }
        }
        Attributes kept = new Attributes(out);
        if (relation.marksSent() && kept.find(OnlyToCustomer.class).isEmpty()) {
            kept = kept.with(new OnlyToCustomer(ownAs));
        }
        if (!to.external()) {
            return inside(kept.with(new LocalPref(localPref)), family)
                    .filter(path -> understood(path, family));
        }
        AsPath path = kept.find(AsPath.class).orElse(new AsPath(List.of()));
        return withNextHop(kept.with(path.prepended(ownAs)), family);
    }

    /**
     * The next hop stays: it is what the border router has learnt. But a link-local one means
     * nothing on another link (RFC 2545 section 3).
     */
    private Optional<Attributes> inside(Attributes path, Family family) {
        Optional<MpReach> reach = path.find(MpReach.class);
        if (reach.isEmpty()) {
            return Optional.of(path);
        }
        return reach.get().hop().isLinkLocal()
                ? withNextHop(path, family)
                : Optional.of(path.with(new MpReach(reach.get().family(), reach.get().nextHop(),
                        Optional.empty(), List.of())));
    }

    /** RFC 8950: an IPv6 next hop of an IPv4 route is for those who agreed to it. */
    private boolean understood(Attributes path, Family family) {
        return context.extendedNextHop().contains(family) || path.find(MpReach.class)
                .filter(reach -> reach.nextHop().family() != family).isEmpty();
    }

    /** What another AS is not told: our preferences and our reflectors. */
    private boolean inside(Attribute attribute) {
        return attribute instanceof OriginatorId || attribute instanceof ClusterList
                || (to.external() && (attribute instanceof LocalPref
                        || attribute instanceof MultiExitDisc));
    }

    private Optional<Attributes> withNextHop(Attributes path, Family family) {
        Optional<Address> hop = nextHops.stream().filter(a -> a.family() == family).findFirst();
        return hop.map(address -> switch (family) {
            case IPV4_UNICAST -> path.without(MpReach.class).with(new NextHop(address));
            case IPV6_UNICAST -> path.without(NextHop.class)
                    .with(MpReach.via(family, address, nextHops));
        });
    }
}
