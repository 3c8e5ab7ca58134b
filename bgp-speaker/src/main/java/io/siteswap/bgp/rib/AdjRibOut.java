package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.PathRewrite;
import io.siteswap.bgp.wire.UpdatePacker;
import java.util.Arrays;
import java.util.Optional;

/**
 * The best routes as one neighbour is told them (RFC 4271 section 3.2): which prefixes changed
 * since it was last told, and which it knows. What a route looks like is made when it is sent.
 */
public final class AdjRibOut {

    /** So many prefixes are looked at together, sorted by path to share UPDATEs. */
    private static final int SLICE = 1024;
    /** In the place of a path: the neighbour shall not have the route. */
    private static final long WITHDRAW = 0;

    private final RouteStore store;
    private final Follower follower = new Follower(true);
    private final ExportTerms terms;
    private final long[] slice = new long[SLICE];
    /** Most neighbours: in another AS, and nothing to add to a path but our AS. */
    private final boolean plain;
    private final int nextHop;
    private final PathRewrite rewrite = new PathRewrite();

    AdjRibOut(RouteStore store, ExportTerms terms) {
        this.store = store;
        this.terms = terms;
        Optional<Address> hop = terms.nextHops().stream()
                .filter(a -> a.family() == Family.IPV4_UNICAST).findFirst();
        this.plain = terms.to().external() && terms.context().fourOctetAs()
                && !terms.relation().marksSent() && hop.isPresent();
        this.nextHop = hop.map(Address::toInt).orElse(0);
        for (Family family : Family.values()) {
            store.table(family).follow(follower);
        }
    }

    /** Everything shall be told, also what it knows. */
    public void again(Family family) {
        LocTable table = store.table(family);
        for (int id = 0; id < table.index.bound(); id++) {
            if (table.best.get(id) != 0) {
                table.mark(follower, id);
            }
        }
    }

    /** Some of it has not been told yet. */
    public boolean pending(Family family) {
        return follower.marks(family).pending() > 0;
    }

    /** Number of prefixes that the neighbour was told and not told otherwise. */
    public int size(Family family) {
        return follower.marks(family).told.cardinality();
    }

    /**
     * What the neighbour knows, from a slice of the table.
     *
     * @param cursor 0 at first
     * @param most so many prefixes are looked at
     * @return where to go on; empty: that was all
     */
    public Optional<Integer> told(Family family, int cursor, int most, UpdatePacker out) {
        LocTable table = store.table(family);
        int end = (int) Math.min(table.index.bound(), (long) cursor + most);
        for (int id = cursor; id < end; id++) {
            long path = follower.marks(family).told.get(id) ? path(table, id) : WITHDRAW;
            if (path != WITHDRAW && announce(table, out, (int) path, id) && out.hasRoom()) {
                out.add(table.index.high(id), table.index.low(id), table.index.length(id));
            }
        }
        return end < table.index.bound() ? Optional.of(end) : Optional.empty();
    }

    /** Nobody is told anything any more. */
    void close() {
        for (Family family : Family.values()) {
            store.table(family).unfollow(follower);
        }
    }

    /** Packs changes of a family until there are so many octets, or nothing is left to tell. */
    public void pack(Family family, UpdatePacker out, int octets) {
        LocTable table = store.table(family);
        while (pending(family) && out.size() < octets) {
            int taken = 0;
            while (taken < SLICE) {
                int id = table.take(follower);
                if (id < 0) {
                    break;
                }
                slice[taken++] = path(table, id) << 32 | id;
            }
            Arrays.sort(slice, 0, taken);
            pack(table, out, taken);
        }
    }

    /** The path to tell, or WITHDRAW. */
    private long path(LocTable table, int id) {
        int path = table.bestPath.get(id);
        return path == 0 || table.owned.get(id)
                || terms.forbids(store.paths, path, store.bestNeighbor(table, id).source)
                        ? WITHDRAW
                        : path;
    }

    private void pack(LocTable table, UpdatePacker out, int taken) {
        for (int from = 0; from < taken;) {
            int path = (int) (slice[from] >>> 32);
            int to = from;
            while (to < taken && (int) (slice[to] >>> 32) == path) {
                to++;
            }
            announceOrWithdraw(table, out, path, from, to);
            from = to;
        }
    }

    private void announceOrWithdraw(LocTable table, UpdatePacker out, int path, int from,
            int to) {
        // What does not fit in a message cannot be told.
        boolean announced = path != WITHDRAW && announce(table, out, path, (int) slice[from])
                && out.hasRoom();
        if (!announced) {
            out.withdraw(table.family);
        }
        for (int i = from; i < to; i++) {
            tell(table, out, (int) slice[i], announced);
        }
    }

    /** False: there is no next hop to tell. */
    private boolean announce(LocTable table, UpdatePacker out, int path, int id) {
        if (plain && table.family == Family.IPV4_UNICAST
                && rewrite.rewrite(store.paths.bytes(path), terms.ownAs(), nextHop)) {
            out.announce(rewrite);
            return true;
        }
        Source from = store.bestNeighbor(table, id).source;
        Optional<Attributes> attributes = terms.attributes(store.paths.attributes(path),
                table.family,
                Contest.preference(from, store.paths.flags(path), store.paths.localPref(path)));
        attributes.ifPresent(a -> out.announce(table.family, a));
        return attributes.isPresent();
    }

    private void tell(LocTable table, UpdatePacker out, int id, boolean announced) {
        Follower.Marks marks = follower.marks(table.family);
        boolean known = marks.told.get(id);
        if (announced || known) {
            out.add(table.index.high(id), table.index.low(id), table.index.length(id));
        }
        marks.told.set(id, announced);
        if (announced && !known) {
            table.pin(id);
        } else if (!announced && known) {
            table.unpin(id);
        }
        table.unpin(id);
    }
}
