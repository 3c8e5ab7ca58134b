package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Family;
import java.util.BitSet;

/**
 * Somebody who wants to know which best routes changed: a bit per prefix rather than a queue, so
 * that a slow one costs nothing and a prefix that changed a hundred times is told once.
 */
final class Follower {

    private static final int FAMILIES = Family.values().length;

    private final boolean everything;
    private final BitSet[] wanted = bits();
    private final BitSet[] dirty = bits();
    /** Prefixes that were told to an Adj-RIB-Out's neighbour. */
    private final BitSet[] told = bits();
    private final int[] pending = new int[FAMILIES];
    private final int[] cursor = new int[FAMILIES];

    /** @param everything false: only what is {@link #want wanted} */
    Follower(boolean everything) {
        this.everything = everything;
    }

    private static BitSet[] bits() {
        BitSet[] bits = new BitSet[FAMILIES];
        for (int i = 0; i < FAMILIES; i++) {
            bits[i] = new BitSet();
        }
        return bits;
    }

    boolean wants(Family family, int id) {
        return everything || wanted[family.ordinal()].get(id);
    }

    void want(Family family, int id, boolean on) {
        wanted[family.ordinal()].set(id, on);
    }

    boolean isWanted(Family family, int id) {
        return wanted[family.ordinal()].get(id);
    }

    /** True if it was clean. */
    boolean mark(Family family, int id) {
        BitSet bits = dirty[family.ordinal()];
        if (bits.get(id)) {
            return false;
        }
        bits.set(id);
        pending[family.ordinal()]++;
        return true;
    }

    /** The next changed prefix, clean from here on; -1: none. */
    int take(Family family) {
        int f = family.ordinal();
        if (pending[f] == 0) {
            return -1;
        }
        int id = dirty[f].nextSetBit(cursor[f]);
        if (id < 0) {
            id = dirty[f].nextSetBit(0);
        }
        dirty[f].clear(id);
        pending[f]--;
        cursor[f] = id + 1;
        return id;
    }

    int pending(Family family) {
        return pending[family.ordinal()];
    }

    BitSet dirty(Family family) {
        return dirty[family.ordinal()];
    }

    BitSet told(Family family) {
        return told[family.ordinal()];
    }
}
