package io.siteswap.monitor.probe;

import io.siteswap.monitor.config.ClusterConfig;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Runs every probe of one node. Each has a platform thread: a handful of them, mostly asleep, cost
 * less than virtual ones whose every wait takes two more threads to end, and name resolution or a file
 * that hangs holds up no other probe. The echo responder that the other nodes dial is
 * {@link EchoResponder}, started apart.
 */
public final class Watch implements AutoCloseable {

    private static final Duration NOTHING_TO_DO = Duration.ofSeconds(1);

    private final Consumer<Observation> sink;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<Looker> lookers;
    private final Thread overdue;
    private volatile boolean closed;

    private Watch(List<Paced> probes, Consumer<Observation> sink) {
        this.sink = sink;
        this.lookers = probes.stream().map(probe -> new Looker(probe, this::tell)).toList();
        this.overdue = Thread.ofPlatform().daemon().name("probes overdue")
                .unstarted(this::seeToTheOverdue);
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
        watch.lookers.forEach(Looker::start);
        watch.overdue.start();
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
        overdue.interrupt();
        lookers.forEach(Looker::close);
    }

    /** Sleeps no longer than it takes a look that begins now to be late. */
    private void seeToTheOverdue() {
        long patience = lookers.stream().map(Looker::patience).min(Comparator.naturalOrder())
                .orElse(NOTHING_TO_DO).toNanos();
        try {
            while (!closed) {
                long now = System.nanoTime();
                long next = now + patience;
                for (Looker looker : lookers) {
                    OptionalLong at = looker.overdue(now);
                    next = at.isPresent() && at.getAsLong() - next < 0 ? at.getAsLong() : next;
                }
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            }
        } catch (InterruptedException e) {
            // Closed.
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
}
