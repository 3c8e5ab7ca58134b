package io.siteswap.bgp.speaker;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Community;
import io.siteswap.bgp.wire.ExtendedCommunity;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.LargeCommunities.Large;
import io.siteswap.bgp.wire.Prefix;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One way to announce a prefix.
 *
 * @param prepends how many times the own AS stands in the path beyond the one it always has
 * @param med MULTI_EXIT_DISC, unsigned 32 bits
 * @param withdrawn not announced at all; the other fields do not matter then
 * @param nextHops instead of the neighbour's: one per family at most
 * @param asks what each neighbour is asked to do: its own community of that meaning is attached
 */
public record Rung(int prepends, List<Community> communities, Optional<Long> med,
        boolean withdrawn, List<Large> large, List<ExtendedCommunity> extended,
        List<Address> nextHops, MoreSpecifics moreSpecifics, List<String> asks) {

    /** Longer paths buy nothing more and are filtered by some networks. */
    public static final int MAX_PREPENDS = 10;

    /** @throws IllegalArgumentException with a sentence for the operator */
    public Rung {
        if (prepends < 0 || prepends > MAX_PREPENDS) {
            throw new IllegalArgumentException("A rung may have 0 to " + MAX_PREPENDS
                    + " prepends, not " + prepends + ".");
        }
        if (med.filter(m -> m < 0 || m > 0xFFFF_FFFFL).isPresent()) {
            throw new IllegalArgumentException(
                    "A rung's med must be between 0 and 4294967295, not " + med.get() + ".");
        }
        if (nextHops.stream().map(Address::family).distinct().count() < nextHops.size()) {
            throw new IllegalArgumentException("A rung has one next hop per family at most.");
        }
        communities = List.copyOf(communities);
        large = List.copyOf(large);
        extended = List.copyOf(extended);
        nextHops = List.copyOf(nextHops);
        asks = List.copyOf(asks);
    }

    public Rung(int prepends, List<Community> communities, Optional<Long> med,
            boolean withdrawn) {
        this(prepends, communities, med, withdrawn, List.of(), List.of(), List.of(),
                MoreSpecifics.NONE, List.of());
    }

    /**
     * Reads communities as text.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static Rung of(int prepends, List<String> communities, Optional<Long> med,
            boolean withdrawn) {
        return new Rung(prepends, communities.stream().map(Community::parse).toList(), med,
                withdrawn);
    }

    public static Rung prepended(int prepends) {
        return new Rung(prepends, List.of(), Optional.empty(), false);
    }

    public static Rung none() {
        return new Rung(0, List.of(), Optional.empty(), true);
    }

    public Rung withLarge(List<Large> other) {
        return new Rung(prepends, communities, med, withdrawn, other, extended, nextHops,
                moreSpecifics, asks);
    }

    public Rung withExtended(List<ExtendedCommunity> other) {
        return new Rung(prepends, communities, med, withdrawn, large, other, nextHops,
                moreSpecifics, asks);
    }

    public Rung withNextHops(List<Address> other) {
        return new Rung(prepends, communities, med, withdrawn, large, extended, other,
                moreSpecifics, asks);
    }

    public Rung withMoreSpecifics(MoreSpecifics other) {
        return new Rung(prepends, communities, med, withdrawn, large, extended, nextHops, other,
                asks);
    }

    public Rung withAsks(List<String> other) {
        return new Rung(prepends, communities, med, withdrawn, large, extended, nextHops,
                moreSpecifics, other);
    }

    /** An own prefix and what is announced beside it; nothing on a withdrawn rung. */
    public Set<Prefix> announced(Prefix own) {
        Set<Prefix> all = new LinkedHashSet<>();
        if (!withdrawn) {
            all.add(own);
            all.addAll(moreSpecifics.of(own));
        }
        return all;
    }

    /** The rung's own next hop of a family, else the first of these. */
    Optional<Address> nextHop(Family family, List<Address> neighbours) {
        return nextHops.stream().filter(a -> a.family() == family).findFirst().or(
                () -> neighbours.stream().filter(a -> a.family() == family).findFirst());
    }
}
