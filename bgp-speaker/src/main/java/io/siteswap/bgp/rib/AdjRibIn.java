package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What one neighbour announced, as columns of path numbers; kept while it is away (RFC 4724). */
final class AdjRibIn {

    /** Paths of one prefix that one neighbour may announce (RFC 7911); more are not kept. */
    static final int MAX_PATHS = 64;

    /** An entry is a path with these marks above it; 0 is none. */
    static final int PATH = (1 << 28) - 1;
    /** From before a restart or a refresh; swept when the table has come again. */
    static final int STALE = 1 << 28;
    /** Its origin is proven wrong: kept, not chosen. */
    static final int INVALID = 1 << 29;

    final int index;
    Source source;
    ImportOptions imports;
    Relation relation;
    private final Map<Family, Routes> families = new EnumMap<>(Family.class);
    final LookingGlass.Sights sights = new LookingGlass.Sights();
    private final Map<Rejection, Long> rejected = new EnumMap<>(Rejection.class);

    /** The routes of one family. */
    static final class Routes {

        /** The first path of each prefix; further ones of RFC 7911 in the columns after it. */
        final List<Column> columns = new ArrayList<>(List.of(new Column()));
        /** Path identifiers beside the columns; empty when there are none. */
        final List<Column> identifiers = new ArrayList<>();
        int size;
        boolean warned;
        boolean exceeded;

        /** The column of a path identifier at a prefix; -1: it is not there. */
        int column(int id, int identifier) {
            if (identifiers.isEmpty()) {
                return identifier == 0 ? 0 : -1;
            }
            for (int k = 0; k < columns.size(); k++) {
                if (columns.get(k).get(id) != 0 && identifier(k, id) == identifier) {
                    return k;
                }
            }
            return -1;
        }

        /** Where a new path goes; -1 when there are {@link #MAX_PATHS}. */
        int room(int id, int identifier) {
            int k = 0;
            while (k < columns.size() && columns.get(k).get(id) != 0) {
                k++;
            }
            if (k == MAX_PATHS) {
                return -1;
            }
            if (k == columns.size()) {
                columns.add(new Column());
            }
            if (identifier != 0 || !identifiers.isEmpty()) {
                while (identifiers.size() < columns.size()) {
                    identifiers.add(new Column());
                }
                identifiers.get(k).set(id, identifier);
            }
            return k;
        }

        private int identifier(int k, int id) {
            return k < identifiers.size() ? identifiers.get(k).get(id) : 0;
        }
    }

    AdjRibIn(int index, Source source, ImportOptions imports, Relation relation) {
        this.index = index;
        this.source = source;
        this.imports = imports;
        this.relation = relation;
    }

    Routes routes(Family family) {
        Routes routes = families.get(family);
        if (routes == null) {
            routes = new Routes();
            families.put(family, routes);
        }
        return routes;
    }

    int size() {
        int size = 0;
        for (Routes routes : families.values()) {
            size += routes.size;
        }
        return size;
    }

    void reject(Rejection reason) {
        rejected.merge(reason, 1L, Long::sum);
    }

    long rejected(Rejection reason) {
        return rejected.getOrDefault(reason, 0L);
    }

    boolean takes(Family family, Prefix prefix) {
        return imports.filter().accepts(family, prefix.address().high(),
                prefix.address().low(), prefix.length());
    }
}
