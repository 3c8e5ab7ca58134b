package io.siteswap.lab.bench;

import java.util.BitSet;
import java.util.Random;

/**
 * Prefixes as the Internet's table has them: mostly /24, down to /8, none twice, in no order, in
 * groups that share their attributes (about 222,000 groups for 1,000,000 prefixes). The same seed
 * gives the same table.
 */
final class RouteTable {

    /** Share of each length from /8 on, in 1/10,000; the rest are /24. */
    private static final int[] SHARES = {0, 0, 1, 1, 3, 6, 12, 20, 140, 90, 140, 270, 450, 500,
            1100, 950};
    private static final int SHORTEST = 8;
    private static final int LONGEST = 24;
    /** Groups are 1 + exponential with this mean, rounded down: 4.5 prefixes on average. */
    private static final double GROUP_MEAN = 4.0;
    /** So that a group fits into one UPDATE of 4096 octets beside its attributes. */
    private static final int GROUP_MOST = 500;

    private final int[] addresses;
    private final byte[] lengths;
    private final int[] groupEnds;

    private RouteTable(int[] addresses, byte[] lengths, int[] groupEnds) {
        this.addresses = addresses;
        this.lengths = lengths;
        this.groupEnds = groupEnds;
    }

    static RouteTable of(int prefixes, long seed) {
        var random = new Random(seed);
        var seen = new BitSet[LONGEST + 1];
        var addresses = new int[prefixes];
        var lengths = new byte[prefixes];
        for (int i = 0; i < prefixes; i++) {
            int length;
            int bits;
            do {
                length = length(random);
                bits = random.nextInt(1 << length);
            } while (!usable(bits, length) || !isNew(seen, bits, length));
            addresses[i] = bits << (32 - length);
            lengths[i] = (byte) length;
        }
        return new RouteTable(addresses, lengths, groups(prefixes, random));
    }

    private static int length(Random random) {
        int draw = random.nextInt(10_000);
        for (int i = 0; i < SHARES.length; i++) {
            draw -= SHARES[i];
            if (draw < 0) {
                return SHORTEST + i;
            }
        }
        return LONGEST;
    }

    /** Neither 0/8, 10/8, 127/8, multicast, nor near the addresses that the benchmark uses. */
    private static boolean usable(int bits, int length) {
        int address = bits << (32 - length);
        int first = address >>> 24;
        int second = address >>> 16 & 0xFF;
        return first > 0 && first < 224 && first != 10 && first != 127
                && !(first == 198 && (second == 18 || second == 19))
                && !(first == 203 && second == 0);
    }

    private static boolean isNew(BitSet[] seen, int bits, int length) {
        if (seen[length] == null) {
            seen[length] = new BitSet(1 << length);
        }
        boolean isNew = !seen[length].get(bits);
        seen[length].set(bits);
        return isNew;
    }

    private static int[] groups(int prefixes, Random random) {
        var ends = new int[prefixes];
        int count = 0;
        for (int end = 0; end < prefixes; count++) {
            double drawn = -Math.log(1 - random.nextDouble()) * GROUP_MEAN;
            end = Math.min(prefixes, end + Math.min(GROUP_MOST, 1 + (int) drawn));
            ends[count] = end;
        }
        return java.util.Arrays.copyOf(ends, count);
    }

    int size() {
        return addresses.length;
    }

    int groups() {
        return groupEnds.length;
    }

    /** Index of the group's first prefix. */
    int start(int group) {
        return group == 0 ? 0 : groupEnds[group - 1];
    }

    /** One more than the index of the group's last prefix. */
    int end(int group) {
        return groupEnds[group];
    }

    int address(int index) {
        return addresses[index];
    }

    int length(int index) {
        return lengths[index];
    }
}
