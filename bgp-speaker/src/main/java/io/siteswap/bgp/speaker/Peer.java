package io.siteswap.bgp.speaker;

import io.siteswap.bgp.rib.ImportOptions;
import io.siteswap.bgp.rib.Relation;
import io.siteswap.bgp.rib.Source;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Community;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import java.util.List;
import java.util.Map;

/**
 * An established neighbour.
 *
 * @param nextHops our addresses, to which it is told to send packets: the first of a family, and a
 * link-local one beside it where it shares the link (RFC 2545)
 * @param enhancedRefresh begin and end of a table sent again are marked (RFC 7313)
 * @param meanings its own communities by what they mean to it
 */
public record Peer(Source source, Context context, List<Family> families, List<Address> nextHops,
        Relation relation, boolean enhancedRefresh, ImportOptions imports, ExportScope exports,
        Map<String, Community> meanings) {

    /** With the default options. */
    public Peer(Source source, Context context, List<Family> families, List<Address> nextHops) {
        this(source, context, families, nextHops, Relation.UNKNOWN, false,
                ImportOptions.EVERYTHING, ExportScope.OWN, Map.of());
    }

    public Peer with(ExportScope other) {
        return new Peer(source, context, families, nextHops, relation, enhancedRefresh, imports,
                other, meanings);
    }

    public Peer with(ImportOptions other) {
        return new Peer(source, context, families, nextHops, relation, enhancedRefresh, other,
                exports, meanings);
    }

    public Peer with(Relation other) {
        return new Peer(source, context, families, nextHops, other, enhancedRefresh, imports,
                exports, meanings);
    }

    public Peer with(Map<String, Community> other) {
        return new Peer(source, context, families, nextHops, relation, enhancedRefresh, imports,
                exports, other);
    }

    public String name() {
        return source.peer();
    }

    public boolean external() {
        return source.external();
    }
}
