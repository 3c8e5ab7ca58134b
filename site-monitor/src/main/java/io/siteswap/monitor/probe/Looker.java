package io.siteswap.monitor.probe;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One probe on a thread of its own, once per period and never twice at a time, and what is said of it
 * while a look takes too long.
 */
final class Looker {

    private final Probe probe;
    private final long period;
    private final long timeout;
    private final String silence;
    private final Consumer<Observation> sink;
    private final Thread thread;
    private volatile boolean closed;

    /** The look that is under way, and whether it can still be a good one. */
    private boolean looking;
    private boolean inTime;
    private boolean hung;
    private long deadline;
    private long sayAt;

    /** @param sink called by several threads */
    Looker(Paced paced, Consumer<Observation> sink) {
        this.probe = paced.probe();
        this.period = paced.period().toNanos();
        this.timeout = paced.timeout().toNanos();
        this.silence = "no answer within " + paced.timeout().toMillis() + " ms";
        this.sink = sink;
        this.thread = Thread.ofPlatform().daemon().name("probe").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Shortest time from the beginning of a look until {@link #overdue} has something to say. */
    Duration patience() {
        return Duration.ofNanos(Math.min(period, timeout));
    }

    private void run() {
        try {
            while (!closed) {
                long began = System.nanoTime();
                begin(began);
                Observation seen = look();
                if (end() && !closed) {
                    sink.accept(seen);
                }
                long rest = began + period - System.nanoTime();
                if (rest > 0) {
                    TimeUnit.NANOSECONDS.sleep(rest);
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private Observation look() {
        try {
            return probe.look();
        } catch (Exception e) {
            String why = e.getMessage();
            return probe.bad(why == null ? e.getClass().getSimpleName() : why);
        }
    }

    private synchronized void begin(long now) {
        looking = true;
        inTime = true;
        deadline = now + timeout;
        sayAt = now + (hung ? period : timeout);
    }

    /** @return its result counts */
    private synchronized boolean end() {
        looking = false;
        hung = !inTime;
        // An interrupt was meant for the look, which is over.
        boolean _ = !closed && Thread.interrupted();
        return inTime;
    }

    /**
     * The first bad observation of a thing that falls silent comes after the timeout, the next ones
     * every period: a silent cut must not take longer to be believed than its first timeout and as
     * many periods as an error that is reported at once.
     *
     * @return when to come again; empty: no look is under way
     */
    synchronized OptionalLong overdue(long now) {
        if (!looking) {
            return OptionalLong.empty();
        }
        if (now - sayAt >= 0) {
            sink.accept(probe.bad(silence));
            if (inTime && now - deadline >= 0) {
                inTime = false;
                // It may not end at once, in code that cannot be interrupted (name resolution):
                // another look beside it would pile up.
                giveUp();
            }
            sayAt = inTime && deadline - now < period ? deadline : now + period;
        }
        return OptionalLong.of(sayAt);
    }

    private void giveUp() {
        thread.interrupt();
        // On a thread of its own: a database driver asks the server to end what hangs.
        Thread.ofPlatform().daemon().name("probe reset").start(probe::reset);
    }

    void close() {
        closed = true;
        thread.interrupt();
        probe.reset();
    }
}
