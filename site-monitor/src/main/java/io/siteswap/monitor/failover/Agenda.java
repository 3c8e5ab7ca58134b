package io.siteswap.monitor.failover;

/**
 * The time of one step, and of all the moments that it found still to come the next one: until then,
 * unless something happens, another step would find nothing new. Every comparison with the clock
 * goes through {@link #due}; that is what lets a monitor sleep in between.
 *
 * <p>Lives as long as the step. Times are of this machine's monotonic clock in ns; they may wrap.
 */
final class Agenda {

    /** A month in ns: far enough away for the differences of times that wrap. */
    private static final long NEVER = 30L * 24 * 3600 * 1_000_000_000L;

    private final long now;
    private long next;

    Agenda(long now) {
        this.now = now;
        this.next = now + NEVER;
    }

    long now() {
        return now;
    }

    /** Has that moment come? If not, it is one to wake up for. */
    boolean due(long at) {
        if (now - at >= 0) {
            return true;
        }
        remind(at);
        return false;
    }

    /** That moment is one to wake up for. */
    void remind(long at) {
        next = at - next < 0 ? at : next;
    }

    /** When to make the next step, if nothing happens before. */
    long next() {
        return next;
    }
}
