package io.siteswap.bgp.wire;

import java.util.List;

/**
 * The path identifiers of an UPDATE (RFC 7911), beside its prefixes of all families.
 *
 * @param withdrawn in the order of {@link Update#allWithdrawn}; empty: there are none
 * @param announced in the order of {@link Update#allAnnounced}
 */
public record PathIds(List<Integer> withdrawn, List<Integer> announced) {

    public static final PathIds NONE = new PathIds(List.of(), List.of());

    public PathIds {
        withdrawn = List.copyOf(withdrawn);
        announced = List.copyOf(announced);
    }

    /** 0 where there are none. */
    public int ofWithdrawn(int index) {
        return index < withdrawn.size() ? withdrawn.get(index) : 0;
    }

    public int ofAnnounced(int index) {
        return index < announced.size() ? announced.get(index) : 0;
    }
}
