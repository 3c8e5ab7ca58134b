package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;

/** Prefixes of one family, each under a small number; freed numbers are used again. */
sealed interface PrefixIndex permits PrefixIndex4, PrefixIndex6 {

    /** No such prefix, or no room for it. */
    int NONE = -1;

    /**
     * Four times today's Internet: a neighbour that announces more is wrong, and memory is finite.
     */
    int MAX = 1 << 22;

    /** The bits are left-aligned, and zero beyond {@code length}. */
    int find(long high, long low, int length);

    /** The number of the prefix, a new one if need be; NONE when there are {@link #MAX}. */
    int intern(long high, long low, int length);

    void remove(int id);

    Prefix prefix(int id);

    /** All numbers in use are below. */
    int bound();

    /** Number of prefixes. */
    int size();

    static PrefixIndex of(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> new PrefixIndex4();
            case IPV6_UNICAST -> new PrefixIndex6();
        };
    }

    default int find(Prefix prefix) {
        return find(prefix.address().high(), prefix.address().low(), prefix.length());
    }

    default int intern(Prefix prefix) {
        return intern(prefix.address().high(), prefix.address().low(), prefix.length());
    }
}
