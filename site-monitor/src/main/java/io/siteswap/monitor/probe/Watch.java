package io.siteswap.monitor.probe;

import io.siteswap.monitor.config.ClusterConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Runs every probe of one node, each on its own virtual thread, once per period and never twice at a
 * time. The echo responder that the other nodes dial is {@link EchoResponder}, started
 * apart.
 */
public final class Watch implements AutoCloseable {

    private final Consumer<Observation> sink;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<Paced> probes;
    private final List<Thread> threads;
    private volatile boolean closed;

    private Watch(List<Paced> probes, Consumer<Observation> sink) {
        this.probes = probes;
        this.sink = sink;
        this.threads = probes.stream().map(probe -> Thread.ofVirtual().unstarted(() -> run(probe)))
                .toList();
    }

    /**
     * Starts probing.
     *
     * @param sink called with each observation, one call at a time
     */
    public static Watch start(ClusterConfig config, String node, Consumer<Observation> sink) {
        return start(Probes.of(config, node), sink);
    }

    static Watch start(List<Paced> probes, Consumer<Observation> sink) {
        Watch watch = new Watch(probes, sink);
        watch.threads.forEach(Thread::start);
        return watch;
    }

    /** Stops probing; no call to the sink begins after this. */
    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
        } finally {
            turn.unlock();
        }
        threads.forEach(Thread::interrupt);
        probes.forEach(it -> it.probe().reset());
    }

    private void run(Paced probe) {
        try {
            boolean hung = false;
            while (!closed) {
                long began = System.nanoTime();
                hung = !look(probe, hung);
                long rest = began + probe.period().toNanos() - System.nanoTime();
                if (rest > 0) {
                    TimeUnit.NANOSECONDS.sleep(rest);
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    /**
     * One look. The first bad observation of a thing that falls silent comes after the timeout, the
     * next ones every period: a silent cut must not take longer to be believed than its first
     * timeout and as many periods as an error that is reported at once.
     *
     * @return false when it did not end within the timeout
     */
    private boolean look(Paced paced, boolean hung) throws InterruptedException {
        Probe probe = paced.probe();
        Duration period = paced.period();
        Duration timeout = paced.timeout();
        Attempt attempt = new Attempt(probe);
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean inTime = true;
        try {
            Optional<Observation> seen = attempt.within(hung ? period : timeout);
            while (seen.isEmpty()) {
                tell(probe.bad("no answer within " + timeout.toMillis() + " ms"));
                if (inTime && System.nanoTime() >= deadline) {
                    inTime = false;
                    attempt.giveUp();
                }
                // After it was given up it ends at once, save in code that cannot be interrupted
                // (name resolution): another look beside it would pile up.
                long left = deadline - System.nanoTime();
                seen = attempt.within(
                        inTime && left < period.toNanos() ? Duration.ofNanos(left) : period);
            }
            if (inTime) {
                tell(seen.get());
            }
            return inTime;
        } finally {
            attempt.giveUp();
        }
    }

    private void tell(Observation observation) {
        turn.lock();
        try {
            if (!closed) {
                sink.accept(observation);
            }
        } finally {
            turn.unlock();
        }
    }

    /** One look on a thread of its own. */
    private static final class Attempt {
        private final Probe probe;
        private final Thread thread;
        private volatile Observation seen;

        Attempt(Probe probe) {
            this.probe = probe;
            this.seen = probe.bad("gave no result");
            this.thread = Thread.ofVirtual().start(this::look);
        }

        private void look() {
            try {
                seen = probe.look();
            } catch (Exception e) {
                String why = e.getMessage();
                seen = probe.bad(why == null ? e.getClass().getSimpleName() : why);
            }
        }

        Optional<Observation> within(Duration wait) throws InterruptedException {
            return thread.join(wait.isPositive() ? wait : Duration.ofNanos(1))
                    ? Optional.of(seen)
                    : Optional.empty();
        }

        void giveUp() {
            if (thread.isAlive()) {
                thread.interrupt();
                probe.reset();
            }
        }
    }
}
