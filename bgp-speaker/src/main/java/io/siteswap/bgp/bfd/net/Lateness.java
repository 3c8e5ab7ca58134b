package io.siteswap.bgp.bfd.net;

import java.time.Duration;

/** How late things happened: a histogram with a step of a quarter of a power of two. */
final class Lateness {

    private static final int STEPS = 4;

    private final long[] counts = new long[64 * STEPS];
    private long total;
    private long max;

    void add(long nanos) {
        long value = Math.max(1, nanos);
        int power = 63 - Long.numberOfLeadingZeros(value);
        int step = power < 2 ? 0 : (int) (value >> (power - 2)) & 3;
        counts[power * STEPS + step]++;
        total++;
        max = Math.max(max, nanos);
    }

    /** Not later than this in so many of a thousand cases, up to a quarter too high. */
    Duration quantile(int perMille) {
        long wanted = total * perMille / 1000;
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen > wanted) {
                return Duration.ofNanos(Math.min(max, upper(i)));
            }
        }
        return max();
    }

    private static long upper(int index) {
        int power = index / STEPS;
        long base = 1L << power;
        return power < 2 ? base * 2 : base + base / 4 * (index % STEPS + 1);
    }

    Duration max() {
        return Duration.ofNanos(max);
    }
}
