package io.siteswap.bgp.speaker;

import io.siteswap.bgp.rib.ImportOptions;
import io.siteswap.bgp.rib.Relation;
import io.siteswap.bgp.rib.Source;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import java.util.List;

/**
 * An established neighbour.
 *
 * @param nextHops what it is told to send packets to: one address per family at most counts
 * @param enhancedRefresh begin and end of a table sent again are marked (RFC 7313)
 */
public record Peer(Source source, Context context, List<Family> families, List<Address> nextHops,
        Relation relation, boolean enhancedRefresh, ImportOptions imports, ExportScope exports) {

    /** With the default options. */
    public Peer(Source source, Context context, List<Family> families, List<Address> nextHops) {
        this(source, context, families, nextHops, Relation.UNKNOWN, false,
                ImportOptions.EVERYTHING, ExportScope.OWN);
    }

    public Peer with(ExportScope other) {
        return new Peer(source, context, families, nextHops, relation, enhancedRefresh, imports,
                other);
    }

    public Peer with(ImportOptions other) {
        return new Peer(source, context, families, nextHops, relation, enhancedRefresh, other,
                exports);
    }

    public Peer with(Relation other) {
        return new Peer(source, context, families, nextHops, other, enhancedRefresh, imports,
                exports);
    }

    public String name() {
        return source.peer();
    }

    public boolean external() {
        return source.external();
    }
}
