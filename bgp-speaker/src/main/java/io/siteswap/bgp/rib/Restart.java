package io.siteswap.bgp.rib;

import io.siteswap.bgp.rib.AdjRibIn.Routes;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.PathBytes;
import io.siteswap.bgp.wire.PathFacts;

/**
 * The routes of a neighbour while it restarts (RFC 4724), stays away for long (RFC 9494), or sends
 * its table again (RFC 7313): marked stale, then confirmed by being announced again, or swept.
 */
public final class Restart {

    private final RouteStore store;
    private final AdjRibIn neighbor;

    Restart(RouteStore store, AdjRibIn neighbor) {
        this.store = store;
        this.neighbor = neighbor;
    }

    /** What is done with one route. */
    interface Visit {
        void route(LocTable table, Routes routes, int id, int k);
    }

    /** It is away: its routes are used on, as stale ones. */
    public void retain(Family family) {
        store.glass.forget(neighbor, family);
        mark(family);
    }

    private void mark(Family family) {
        walk(store, neighbor, family, (_, routes, id, k) -> routes.columns.get(k).set(id,
                routes.columns.get(k).get(id) | AdjRibIn.STALE));
    }

    /** It begins to send its table again (RFC 7313 section 4, BoRR). */
    public void refreshBegin(Family family) {
        store.glass.mark(neighbor, family);
        mark(family);
    }

    /** It has sent its table: what it did not repeat is gone. */
    public void endOfRib(Family family) {
        store.glass.sweep(neighbor, family);
        walk(store, neighbor, family, (table, routes, id, k) -> {
            if ((routes.columns.get(k).get(id) & AdjRibIn.STALE) != 0) {
                store.removeAt(table, routes, id, k);
            }
        });
    }

    /** RFC 7313 section 4, EoRR. */
    public void refreshEnd(Family family) {
        endOfRib(family);
    }

    /** The routes of a family are gone. */
    public void flush(Family family) {
        store.glass.forget(neighbor, family);
        walk(store, neighbor, family, store::removeAt);
    }

    public void flush() {
        for (Family family : Family.values()) {
            flush(family);
        }
    }

    /**
     * It stays away: stale routes carry LLGR_STALE and are the last choice from here on; the ones
     * with NO_LLGR are gone (RFC 9494 section 4.2).
     */
    public void longLived(Family family) {
        walk(store, neighbor, family, (table, routes, id, k) -> {
            int entry = routes.columns.get(k).get(id);
            if ((entry & AdjRibIn.STALE) == 0) {
                return;
            }
            int path = entry & AdjRibIn.PATH;
            if (store.paths.is(path, PathFacts.NO_LLGR)) {
                store.removeAt(table, routes, id, k);
            } else if (!store.paths.is(path, PathFacts.LLGR_STALE)) {
                byte[] bytes = PathBytes.withLlgrStale(store.paths.bytes(path));
                int stale = store.paths.intern(bytes, 0, bytes.length);
                store.replaceAt(table, routes, id, k, (entry & ~AdjRibIn.PATH) | stale);
            }
        });
    }

    /** Number of stale routes of a family. */
    public int stale(Family family) {
        int[] count = new int[1];
        walk(store, neighbor, family, (_, routes, id, k) -> count[0] += (routes.columns.get(k)
                .get(id) & AdjRibIn.STALE) != 0 ? 1 : 0);
        return count[0];
    }

    static void walk(RouteStore store, AdjRibIn neighbor, Visit visit) {
        for (Family family : Family.values()) {
            walk(store, neighbor, family, visit);
        }
    }

    private static void walk(RouteStore store, AdjRibIn neighbor, Family family, Visit visit) {
        LocTable table = store.table(family);
        Routes routes = neighbor.routes(family);
        for (int k = 0; k < routes.columns.size(); k++) {
            Column column = routes.columns.get(k);
            for (int id = column.skipEmpty(0); id < column.bound();) {
                if (column.get(id) != 0) {
                    visit.route(table, routes, id, k);
                }
                id = column.skipEmpty(id + 1);
            }
        }
    }
}
