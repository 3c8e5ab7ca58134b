package io.siteswap.monitor.guard;

/** What happens to a guard. {@code now} is the machine's monotonic clock in ns. */
public sealed interface GuardEvent {
    long now();

    /** A monitor is there. */
    record Linked(long now) implements GuardEvent {
    }

    /** The monitor is gone, or its end of the socket is. */
    record Unlinked(long now) implements GuardEvent {
    }

    /** The monitor says something. */
    record Told(long now, Line line) implements GuardEvent {
    }

    /** Time passes; due at {@link GuardState#wakeAt()}. */
    record Tick(long now) implements GuardEvent {
    }

    /** {@link GuardEffect.Fence} is over. */
    record Fenced(long now, String service, long epoch, boolean ok,
            String detail) implements GuardEvent {
    }
}
