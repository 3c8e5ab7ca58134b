package io.siteswap.monitor.failover;

/**
 * The time of one step, and of all the moments that it found still to come the next one: until then,
 * unless something happens, another step would find nothing new. Every comparison with the clock
 * goes through {@link #due}; that is what lets a monitor sleep in between.
 *
 * <p>Lives as long as the step. Times are of this machine's monotonic clock in ns; they may wrap.
 */
final class Agenda {

    private final long now;
    private long next;

    /** @param latest the step is repeated then at the latest */
    Agenda(long now, long latest) {
        this.now = now;
        this.next = latest;
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
