package io.siteswap.monitor.guard;

/**
 * What the guard knows of one service at its site. A service that was never leased here has none.
 *
 * <p>Leased to Fencing (its time ran out) or to Clear (the monitor gave it up in order). Fencing to
 * Clear. Clear to Leased, but only under a newer epoch.
 */
public sealed interface Hold {

    long epoch();

    /**
     * The site may be active under {@code epoch} until then.
     *
     * @param until on the monotonic clock of this machine, in ns
     * @param own the monitor has said that it fences by itself
     * @param over it is, by all that is known, and {@code until} is when it is fenced unless a
     *     monitor says before that it has renewed it
     */
    record Leased(long epoch, long until, boolean own, boolean over) implements Hold {

        /** One that lasts until its {@code until}. */
        public Leased(long epoch, long until, boolean own) {
            this(epoch, until, own, false);
        }
    }

    /**
     * The site must not be active under {@code epoch} any more.
     *
     * @param inFlight a fence of ours is under way
     * @param retryAt when the next one starts, if none is under way
     */
    record Fencing(long epoch, boolean inFlight, long retryAt) implements Hold {
    }

    /** Surely not active under {@code epoch} or an older one. */
    record Clear(long epoch) implements Hold {
    }
}
