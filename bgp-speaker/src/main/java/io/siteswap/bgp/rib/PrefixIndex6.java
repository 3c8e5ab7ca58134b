package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Prefix;
import java.util.Arrays;

/** IPv6: a slot holds the number, the prefixes stand in columns by number. */
final class PrefixIndex6 implements PrefixIndex {

    /** Number plus one; 0 is empty. */
    private int[] slots = new int[1024];
    private long[] high = new long[256];
    private long[] low = new long[256];
    /** Length by number. */
    private short[] length = new short[256];
    private int next;
    private int size;
    /** Plus one; the following ones stand in {@code high}. */
    private int freeList;

    @Override
    public int find(long high, long low, int length) {
        return slots[slot(high, low, length)] - 1;
    }

    @Override
    public int intern(long high, long low, int length) {
        int slot = slot(high, low, length);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        return size == MAX ? NONE : add(high, low, length, slot);
    }

    /** Where the prefix is, or would be. */
    private int slot(long high, long low, int length) {
        int mask = slots.length - 1;
        int slot = spread(high, low, length) & mask;
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            if (this.high[id] == high && this.low[id] == low && this.length[id] == length) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int add(long high, long low, int length, int slot) {
        int id = freeList - 1;
        if (id >= 0) {
            freeList = (int) this.high[id];
        } else {
            id = next++;
            if (id == this.high.length) {
                grow(id + (id >> 1));
            }
        }
        this.high[id] = high;
        this.low[id] = low;
        this.length[id] = (short) length;
        slots[slot] = id + 1;
        if (2 * ++size > slots.length) {
            rehash();
        }
        return id;
    }

    @Override
    public void remove(int id) {
        int mask = slots.length - 1;
        int gap = slot(high[id], low[id], length[id]);
        for (int slot = (gap + 1) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int home = home(slots[slot] - 1) & mask;
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                slots[gap] = slots[slot];
                gap = slot;
            }
        }
        slots[gap] = 0;
        high[id] = freeList;
        freeList = id + 1;
        size--;
    }

    private void rehash() {
        int[] old = slots;
        slots = new int[2 * old.length];
        int mask = slots.length - 1;
        for (int entry : old) {
            if (entry != 0) {
                int slot = home(entry - 1) & mask;
                while (slots[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                slots[slot] = entry;
            }
        }
    }

    private void grow(int capacity) {
        high = Arrays.copyOf(high, capacity);
        low = Arrays.copyOf(low, capacity);
        length = Arrays.copyOf(length, capacity);
    }

    private int home(int id) {
        return spread(high[id], low[id], length[id]);
    }

    private static int spread(long high, long low, int length) {
        long mixed = (high * 0x9E3779B97F4A7C15L ^ low) * 0xC2B2AE3D27D4EB4FL + length;
        return (int) (((mixed ^ (mixed >>> 29)) * 0x9E3779B97F4A7C15L) >>> 32);
    }

    @Override
    public Prefix prefix(int id) {
        return new Prefix(Address.v6(high[id], low[id]), length[id]);
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
