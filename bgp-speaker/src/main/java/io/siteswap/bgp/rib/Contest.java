package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.PathBytes;
import io.siteswap.bgp.wire.PathFacts;
import java.util.Arrays;

/**
 * The routes to one prefix as the columns that {@link BestPath} compares. Filled anew for each
 * choice, so that nothing is allocated.
 */
final class Contest {

    int size;
    /** What the caller calls the route. */
    int[] number = new int[8];
    long[] localPref = new long[8];
    int[] flags = new int[8];
    int[] pathLength = new int[8];
    int[] origin = new int[8];
    long[] firstAs = new long[8];
    long[] med = new long[8];
    boolean[] external = new boolean[8];
    long[] routerId = new long[8];
    int[] clusterLength = new int[8];
    Address[] address = new Address[8];
    /** Number of the step it lost by; 0: still in. */
    byte[] lostBy = new byte[8];

    private final PathFacts facts = new PathFacts();

    void clear() {
        size = 0;
    }

    void add(int name, Source source, PathTable paths, int path) {
        int i = next(name, source);
        flags[i] = paths.flags(path);
        localPref[i] = preference(source, flags[i], paths.localPref(path));
        pathLength[i] = paths.pathLength(path);
        origin[i] = paths.origin(path);
        firstAs[i] = paths.firstAs(path);
        med[i] = paths.med(path);
        clusterLength[i] = paths.clusterLength(path);
        routerId[i] = routerId(source, flags[i], paths.originatorId(path));
    }

    void add(int name, Source source, Attributes attributes) {
        byte[] bytes = PathBytes.of(attributes);
        facts.read(bytes, 0, bytes.length, 0);
        int i = next(name, source);
        flags[i] = facts.flags;
        localPref[i] = preference(source, facts.flags, facts.localPref & 0xFFFF_FFFFL);
        pathLength[i] = facts.pathLength;
        origin[i] = facts.origin;
        firstAs[i] = facts.firstAs & 0xFFFF_FFFFL;
        med[i] = facts.med & 0xFFFF_FFFFL;
        clusterLength[i] = facts.clusterLength;
        routerId[i] = routerId(source, facts.flags, facts.originatorId);
    }

    private int next(int name, Source source) {
        if (size == number.length) {
            grow(2 * size);
        }
        int i = size++;
        number[i] = name;
        external[i] = source.external();
        address[i] = source.address();
        lostBy[i] = 0;
        return i;
    }

    /** RFC 8326 section 4: what is about to go away from another AS is the last choice. */
    static long preference(Source source, int flags, long localPref) {
        return source.external() && (flags & PathFacts.GRACEFUL_SHUTDOWN) != 0 ? 0 : localPref;
    }

    /** RFC 4456 section 9: a reflected route counts as its originator's. */
    private static long routerId(Source source, int flags, int originator) {
        int id = (flags & PathFacts.HAS_ORIGINATOR) != 0 ? originator : source.peerId().toInt();
        return id & 0xFFFF_FFFFL;
    }

    private void grow(int capacity) {
        number = Arrays.copyOf(number, capacity);
        localPref = Arrays.copyOf(localPref, capacity);
        flags = Arrays.copyOf(flags, capacity);
        pathLength = Arrays.copyOf(pathLength, capacity);
        origin = Arrays.copyOf(origin, capacity);
        firstAs = Arrays.copyOf(firstAs, capacity);
        med = Arrays.copyOf(med, capacity);
        external = Arrays.copyOf(external, capacity);
        routerId = Arrays.copyOf(routerId, capacity);
        clusterLength = Arrays.copyOf(clusterLength, capacity);
        address = Arrays.copyOf(address, capacity);
        lostBy = Arrays.copyOf(lostBy, capacity);
    }
}
