package io.siteswap.bgp.mrt;

import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Prefix;
import java.time.Instant;
import java.util.List;

/** All routes to one prefix, for a table dump. */
public record TableRow(Prefix prefix, List<Entry> entries) {

    /**
     * @param peer index into the list of peers
     * @param attributes with the next hop of an IPv6 route in its MP_REACH_NLRI
     */
    public record Entry(int peer, Instant originated, Attributes attributes) {
    }

    public TableRow {
        entries = List.copyOf(entries);
    }
}
