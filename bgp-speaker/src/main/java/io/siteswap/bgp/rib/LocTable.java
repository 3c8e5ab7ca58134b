package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Family;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The prefixes of one family with the best route of each: Loc-RIB as columns. */
final class LocTable {

    private static final int PIN = 1 << 16;

    final Family family;
    final PrefixIndex index;
    /** Number of the best route plus one: neighbour times MAX_PATHS plus column; 0: none. */
    final Column best = new Column();
    final Column bestPath = new Column();
    /** Prefixes that we announce ourselves. */
    final BitSet owned = new BitSet();
    /** What the looking glass is for. */
    OwnBlocks ours;
    /** Routes of the prefix below, followers that still need its number above. */
    private final Column uses = new Column();
    private final List<Follower> followers = new ArrayList<>();
    private int reachable;

    LocTable(Family family) {
        this.family = family;
        this.index = PrefixIndex.of(family);
        this.ours = new OwnBlocks(family, List.of());
    }

    int candidates(int id) {
        return uses.get(id) & (PIN - 1);
    }

    void addCandidate(int id) {
        uses.set(id, uses.get(id) + 1);
    }

    void removeCandidate(int id) {
        uses.set(id, uses.get(id) - 1);
    }

    void pin(int id) {
        uses.set(id, uses.get(id) + PIN);
    }

    /** The number may be another prefix's afterwards. */
    void unpin(int id) {
        uses.set(id, uses.get(id) - PIN);
        releaseIfUnused(id);
    }

    void releaseIfUnused(int id) {
        if (uses.get(id) == 0) {
            index.remove(id);
        }
    }

    /** Notes the outcome of a choice; tells the followers if it is another one. */
    void elect(int id, int route, int path) {
        int before = best.get(id);
        if (before == route && bestPath.get(id) == path) {
            return;
        }
        reachable += (route == 0 ? 0 : 1) - (before == 0 ? 0 : 1);
        best.set(id, route);
        bestPath.set(id, path);
        for (int i = 0; i < followers.size(); i++) {
            mark(followers.get(i), id);
        }
    }

    void mark(Follower follower, int id) {
        if (follower.mark(family, id)) {
            pin(id);
        }
    }

    /** The next change that a follower has not seen; -1: none. {@link #unpin} it afterwards. */
    int take(Follower follower) {
        return follower.marks(family).take();
    }

    void follow(Follower follower) {
        followers.add(follower);
    }

    void unfollow(Follower follower) {
        if (!followers.remove(follower)) {
            return;
        }
        Follower.Marks marks = follower.marks(family);
        marks.dirty.stream().forEach(this::unpin);
        marks.told.stream().forEach(this::unpin);
        marks.wanted.stream().forEach(this::unpin);
    }

    /** Prefixes with a best route. */
    int reachable() {
        return reachable;
    }
}
