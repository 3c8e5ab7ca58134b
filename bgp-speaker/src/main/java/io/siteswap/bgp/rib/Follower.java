package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Family;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/**
 * Somebody who wants to know which best routes changed: a bit per prefix rather than a queue, so
 * that a slow one costs nothing and a prefix that changed a hundred times is told once.
 */
final class Follower {

    private final boolean everything;
    private final Map<Family, Marks> families = new EnumMap<>(Family.class);

    /** By prefix number. */
    static final class Marks {
        final BitSet wanted = new BitSet();
        final BitSet dirty = new BitSet();
        /** Prefixes that were told to an Adj-RIB-Out's neighbour. */
        final BitSet told = new BitSet();
        private int pending;
        private int cursor;

        /** The next changed prefix, clean from here on; -1: none. */
        int take() {
            if (pending == 0) {
                return -1;
            }
            int id = dirty.nextSetBit(cursor);
            if (id < 0) {
                id = dirty.nextSetBit(0);
            }
            dirty.clear(id);
            pending--;
            cursor = id + 1;
            return id;
        }

        int pending() {
            return pending;
        }
    }

    /** @param everything false: only what is marked as wanted */
    Follower(boolean everything) {
        this.everything = everything;
        for (Family family : Family.values()) {
            families.put(family, new Marks());
        }
    }

    Marks marks(Family family) {
        Marks marks = families.get(family);
        if (marks == null) {
            throw new AssertionError("every family has its marks");
        }
        return marks;
    }

    /** True if it wants to know and was clean. */
    boolean mark(Family family, int id) {
        Marks marks = marks(family);
        if (marks.dirty.get(id) || !(everything || marks.wanted.get(id))) {
            return false;
        }
        marks.dirty.set(id);
        marks.pending++;
        return true;
    }

    int pending() {
        int pending = 0;
        for (Marks marks : families.values()) {
            pending += marks.pending;
        }
        return pending;
    }
}
