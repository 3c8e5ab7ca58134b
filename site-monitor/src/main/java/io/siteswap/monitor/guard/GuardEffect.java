package io.siteswap.monitor.guard;

/** What a guard asks the world to do, in this order. */
public sealed interface GuardEffect {

    /**
     * Keep the holds as they are now, for the next process.
     *
     * @param durable must survive a power loss; else the end of this process is enough
     */
    record Save(boolean durable) implements GuardEffect {
    }

    /** Tell the monitor, if there is one. */
    record Answer(Line line) implements GuardEffect {
    }

    /**
     * Kill the monitor and what it has started: it hangs, and what it has under way, a promotion
     * perhaps, would go on when it wakes up.
     */
    record Kill(String why) implements GuardEffect {
    }

    /** Fence the service; answer with {@link GuardEvent.Fenced}. */
    record Fence(String service, long epoch, String why) implements GuardEffect {
    }

    /** One line for people. */
    record Note(boolean alarm, String text) implements GuardEffect {
    }
}
