package io.siteswap.lab.sim;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Time that jumps from one thing that happens to the next, and chance; both from one seed. */
final class VirtualTime {

    static final long MS = 1_000_000;

    private record Job(long at, long order, Runnable work) {
    }

    private final SplittableRandom random;
    private final boolean exact;
    private final PriorityQueue<Job> queue = new PriorityQueue<>(
            (a, b) -> a.at() != b.at()
                    ? Long.compare(a.at(), b.at())
                    : Long.compare(a.order(), b.order()));
    private long now;
    private long order;

    /** @param exact fixed delays, no failures: for stories */
    VirtualTime(long seed, boolean exact) {
        this.random = new SplittableRandom(seed);
        this.exact = exact;
    }

    /** In ns since the beginning. */
    long now() {
        return now;
    }

    void after(long delay, Runnable work) {
        queue.add(new Job(now + delay, order++, work));
    }

    void every(long period, Runnable work) {
        after(period, () -> {
            work.run();
            every(period, work);
        });
    }

    /** Lets all happen that is due until then, and has {@code afterEach} look at each result. */
    void runUntil(long end, Runnable afterEach) {
        for (Job job = queue.peek(); job != null && job.at() <= end; job = queue.peek()) {
            queue.remove();
            now = job.at();
            job.work().run();
            afterEach.run();
        }
        now = end;
    }

    boolean exact() {
        return exact;
    }

    long between(long low, long high) {
        return exact ? (low + high) / 2 : low + random.nextLong(high - low + 1);
    }

    /** Of a message. */
    long delay() {
        return between(1, 25) * MS;
    }

    boolean chance(double probability) {
        return !exact && random.nextDouble() < probability;
    }

    int pick(int size) {
        return exact ? 0 : random.nextInt(size);
    }
}
