package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.PathBytes;
import io.siteswap.bgp.wire.PathFacts;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;

/**
 * Every set of attributes once, under a small number: found by its bytes, with the columns that the
 * choice of the best path reads. Numbers of paths without a route are used again.
 *
 * <p>
 * Open addressing with linear probing over hashes; 0 is no path.
 */
final class PathTable {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.BIG_ENDIAN);
    private static final int FIRST_CAPACITY = 256;

    /** The next hop is one of our own addresses; above the flags of {@link PathFacts}. */
    static final int OWN_HOP = 1 << 11;

    private final int ownAs;
    private final Address[] ownHops;
    private final long seed;
    private final Arena arena = new Arena();
    private final PathFacts facts = new PathFacts();

    /** Slot -> hash in the upper, path in the lower half; 0 is empty. */
    private long[] slots = new long[2 * FIRST_CAPACITY];
    private int live;
    private int next = 1;
    private int freeList;

    private int[] address = new int[FIRST_CAPACITY];
    private int[] length = new int[FIRST_CAPACITY];
    private int[] hash = new int[FIRST_CAPACITY];
    /** Of a free number: the next free one. */
    private int[] references = new int[FIRST_CAPACITY];
    private int[] localPref = new int[FIRST_CAPACITY];
    private int[] med = new int[FIRST_CAPACITY];
    private int[] firstAs = new int[FIRST_CAPACITY];
    private int[] originAs = new int[FIRST_CAPACITY];
    private int[] originatorId = new int[FIRST_CAPACITY];
    /** Flags 12 bits, ORIGIN 2, own AS 2 (3 or more), cluster list 4 (15 or more), length 12. */
    private int[] shape = new int[FIRST_CAPACITY];

    /**
     * @param ownAs counted in every path
     * @param ownHops looked for in every path
     * @param seed makes the order of slots unknown to whoever sends the paths
     */
    PathTable(long ownAs, Set<Address> ownHops, long seed) {
        this.ownAs = (int) ownAs;
        this.ownHops = ownHops.toArray(Address[]::new);
        this.seed = seed | 1;
    }

    /** The path with these bytes, or 0. */
    int find(byte[] in, int from, int length) {
        return find(in, from, length, hash(in, from, length));
    }

    /** The path with these bytes; a new one has no reference yet: {@link #retain} it. */
    int intern(byte[] in, int from, int length) {
        int hash = hash(in, from, length);
        int found = find(in, from, length, hash);
        return found != 0 ? found : add(in, from, length, hash);
    }

    private int find(byte[] in, int from, int length, int hash) {
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            if ((int) (slots[slot] >>> 32) == hash) {
                int path = (int) slots[slot];
                if (this.length[path] == length
                        && arena.matches(address[path], in, from, length)) {
                    return path;
                }
            }
        }
        return 0;
    }

    private int add(byte[] in, int from, int bytes, int hash) {
        if (2 * (live + 1) > slots.length) {
            rehash();
        }
        int path = freeList;
        if (path != 0) {
            freeList = references[path];
        } else {
            path = next++;
            if (path == address.length) {
                grow(path + (path >> 1));
            }
        }
        live++;
        address[path] = arena.put(in, from, bytes);
        length[path] = bytes;
        this.hash[path] = hash;
        references[path] = 0;
        describe(path, in, from, from + bytes);
        insert(hash, path);
        return path;
    }

    private void describe(int path, byte[] in, int from, int to) {
        facts.read(in, from, to, ownAs);
        localPref[path] = facts.localPref;
        med[path] = facts.med;
        firstAs[path] = facts.firstAs;
        originAs[path] = facts.originAs;
        originatorId[path] = facts.originatorId;
        shape[path] = facts.flags | (toUs() ? OWN_HOP : 0) | (facts.origin << 12)
                | (Math.min(3, facts.ownAsCount) << 14)
                | (Math.min(15, facts.clusterLength) << 16)
                | (Math.min(0xFFF, facts.pathLength) << 20);
    }

    private boolean toUs() {
        for (Address own : ownHops) {
            if (facts.hopIs(own)) {
                return true;
            }
        }
        return false;
    }

    void retain(int path) {
        references[path]++;
    }

    void release(int path) {
        if (--references[path] <= 0) {
            discard(path);
        }
    }

    /** Takes back an interned path if no route wanted it. */
    void releaseUnused(int path) {
        if (references[path] == 0) {
            discard(path);
        }
    }

    private void discard(int path) {
        remove(path);
        arena.free(address[path], length[path]);
        references[path] = freeList;
        freeList = path;
        live--;
    }

    private void insert(int hash, int path) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = ((long) hash << 32) | path;
    }

    /** Closes the gap, so that probing never meets a tombstone. */
    private void remove(int path) {
        int mask = slots.length - 1;
        int gap = hash[path] & mask;
        while ((int) slots[gap] != path) {
            gap = (gap + 1) & mask;
        }
        for (int slot = (gap + 1) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int home = (int) (slots[slot] >>> 32) & mask;
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                slots[gap] = slots[slot];
                gap = slot;
            }
        }
        slots[gap] = 0;
    }

    private void rehash() {
        long[] old = slots;
        slots = new long[2 * old.length];
        for (long slot : old) {
            if (slot != 0) {
                insert((int) (slot >>> 32), (int) slot);
            }
        }
    }

    private void grow(int capacity) {
        address = Arrays.copyOf(address, capacity);
        length = Arrays.copyOf(length, capacity);
        hash = Arrays.copyOf(hash, capacity);
        references = Arrays.copyOf(references, capacity);
        localPref = Arrays.copyOf(localPref, capacity);
        med = Arrays.copyOf(med, capacity);
        firstAs = Arrays.copyOf(firstAs, capacity);
        originAs = Arrays.copyOf(originAs, capacity);
        originatorId = Arrays.copyOf(originatorId, capacity);
        shape = Arrays.copyOf(shape, capacity);
    }

    private int hash(byte[] in, int from, int length) {
        long hash = seed ^ length;
        int at = from;
        for (int end = from + length - 7; at < end; at += 8) {
            hash = (hash ^ (long) LONG.get(in, at)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        for (int end = from + length; at < end; at++) {
            hash = (hash ^ in[at]) * 0x9E3779B97F4A7C15L;
        }
        hash ^= hash >>> 32;
        return (int) (hash ^ (hash >>> 15));
    }

    Attributes attributes(int path) {
        return PathBytes.read(bytes(path));
    }

    byte[] bytes(int path) {
        return arena.copy(address[path], length[path]);
    }

    boolean is(int path, int flag) {
        return (shape[path] & flag) != 0;
    }

    int flags(int path) {
        return shape[path] & 0xFFF;
    }

    int origin(int path) {
        return (shape[path] >>> 12) & 3;
    }

    /** 3 stands for 3 or more. */
    int ownAsCount(int path) {
        return (shape[path] >>> 14) & 3;
    }

    /** 15 stands for 15 or more. */
    int clusterLength(int path) {
        return (shape[path] >>> 16) & 15;
    }

    /** 4095 stands for 4095 or more. */
    int pathLength(int path) {
        return shape[path] >>> 20;
    }

    long localPref(int path) {
        return localPref[path] & 0xFFFF_FFFFL;
    }

    long med(int path) {
        return med[path] & 0xFFFF_FFFFL;
    }

    long firstAs(int path) {
        return firstAs[path] & 0xFFFF_FFFFL;
    }

    long originAs(int path) {
        return originAs[path] & 0xFFFF_FFFFL;
    }

    int originatorId(int path) {
        return originatorId[path];
    }

    /** Number of different paths. */
    int size() {
        return live;
    }

    /** Octets of the attributes themselves, with the room they leave. */
    long arenaSize() {
        return arena.size();
    }
}
