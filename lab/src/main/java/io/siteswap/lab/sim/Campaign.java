package io.siteswap.lab.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Many lives, one after the other on each of some threads. */
final class Campaign {

    private Campaign() {
    }

    /**
     * @param first the life with the lowest seed that violated an invariant; lives with higher seeds
     * were not all tried then
     */
    record Found(Optional<Life> first, Tally tally) {
    }

    /** From the first seed to the last, both included; ends early at a violation. */
    static Found run(long from, long to, Mutation mutation, int threads) {
        AtomicLong next = new AtomicLong(from);
        AtomicLong end = new AtomicLong(to);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Worker worker = new Worker(next, end, mutation);
            workers.add(worker);
            worker.thread = Thread.ofPlatform().name("sim-" + i).start(worker);
        }
        Tally all = new Tally();
        Optional<Life> first = Optional.empty();
        for (Worker worker : workers) {
            worker.join();
            all.add(worker.tally);
            first = earlier(first, worker.found);
        }
        return new Found(first, all);
    }

    private static Optional<Life> earlier(Optional<Life> one, Optional<Life> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().seed() < other.get().seed() ? one : other;
    }

    private static final class Worker implements Runnable {
        private final AtomicLong next;
        /** The last seed worth trying. */
        private final AtomicLong end;
        private final Mutation mutation;
        private final Tally tally = new Tally();
        private Optional<Life> found = Optional.empty();
        private Thread thread = Thread.currentThread();

        Worker(AtomicLong next, AtomicLong end, Mutation mutation) {
            this.next = next;
            this.end = end;
            this.mutation = mutation;
        }

        @Override
        public void run() {
            for (long seed = next.getAndIncrement(); seed <= end.get(); seed = next
                    .getAndIncrement()) {
                Life life = Life.of(seed, mutation, tally);
                if (life.violation().isPresent()) {
                    long here = seed;
                    end.updateAndGet(last -> Math.min(last, here));
                    found = Optional.of(life);
                }
            }
        }

        void join() {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
