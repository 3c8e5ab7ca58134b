package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Prefix;
import java.util.Arrays;

/**
 * IPv4: a slot holds the prefix (40 bits) and its number (24 bits) in one long, so that a lookup
 * is one access to memory in most cases.
 */
final class PrefixIndex4 implements PrefixIndex {

    private static final int ID_BITS = 24;
    private static final int ID_MASK = (1 << ID_BITS) - 1;

    /** Key above, number plus one below; 0 is empty. */
    private long[] slots = new long[1024];
    /** Key by number; of a free number: the next free one, negative. */
    private long[] keys = new long[256];
    private int next;
    private int size;
    /** Plus one. */
    private int freeList;

    private static long key(long high, int length) {
        return (high >>> 24) | length;
    }

    @Override
    public int find(long high, long low, int length) {
        long key = key(high, length);
        int mask = slots.length - 1;
        for (int slot = spread(key) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            if (slots[slot] >>> ID_BITS == key) {
                return ((int) slots[slot] & ID_MASK) - 1;
            }
        }
        return NONE;
    }

    @Override
    public int intern(long high, long low, int length) {
        long key = key(high, length);
        int mask = slots.length - 1;
        int slot = spread(key) & mask;
        while (slots[slot] != 0) {
            if (slots[slot] >>> ID_BITS == key) {
                return ((int) slots[slot] & ID_MASK) - 1;
            }
            slot = (slot + 1) & mask;
        }
        return size == MAX ? NONE : add(key, slot);
    }

    private int add(long key, int slot) {
        int id = freeList - 1;
        if (id >= 0) {
            freeList = (int) -keys[id];
        } else {
            id = next++;
            if (id == keys.length) {
                keys = Arrays.copyOf(keys, id + (id >> 1));
            }
        }
        keys[id] = key;
        slots[slot] = (key << ID_BITS) | (id + 1);
        if (2 * ++size > slots.length) {
            rehash();
        }
        return id;
    }

    @Override
    public void remove(int id) {
        int mask = slots.length - 1;
        int gap = spread(keys[id]) & mask;
        while (slots[gap] >>> ID_BITS != keys[id]) {
            gap = (gap + 1) & mask;
        }
        for (int slot = (gap + 1) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int home = spread(slots[slot] >>> ID_BITS) & mask;
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                slots[gap] = slots[slot];
                gap = slot;
            }
        }
        slots[gap] = 0;
        keys[id] = -freeList;
        freeList = id + 1;
        size--;
    }

    private void rehash() {
        long[] old = slots;
        slots = new long[2 * old.length];
        int mask = slots.length - 1;
        for (long entry : old) {
            if (entry != 0) {
                int slot = spread(entry >>> ID_BITS) & mask;
                while (slots[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                slots[slot] = entry;
            }
        }
    }

    private static int spread(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32);
    }

    @Override
    public Prefix prefix(int id) {
        return new Prefix(Address.v4((int) (keys[id] >>> 8)), (int) (keys[id] & 0xFF));
    }

    @Override
    public int bound() {
        return next;
    }

    @Override
    public int size() {
        return size;
    }
}
