package io.siteswap.monitor.failover;

/**
 * Where this site stands with one service, as its own monitor knows it on its own clock.
 *
 * <p>Unsure to Active (a renewal was granted), to Idle (known to be demoted) or to Fencing. Active to
 * Fencing (the lease ran out) or to Idle (everything released in order). Fencing to Idle. Idle to
 * Active, but only under a newer epoch.
 */
sealed interface Standing {

    /**
     * The monitor has just started; an earlier process may have left anything behind.
     *
     * @param epoch the newest that the guard knows of, 0: none yet
     * @param until fences then, if it has had no lease: a lease of the earlier process is over
     */
    record Unsure(long epoch, long until) implements Standing {
    }

    /** May be active under {@code epoch} while now is before {@code until} (rule 2). */
    record Active(long epoch, long until) implements Standing {
    }

    /**
     * Must not be active under {@code epoch} any more, and makes sure of it.
     *
     * @param inFlight a fence is under way
     * @param retryAt when the next one starts, if none is under way
     */
    record Fencing(long epoch, boolean inFlight, long retryAt, String why) implements Standing {
    }

    /** Surely not active, and never again under {@code epoch} or an older one. */
    record Idle(long epoch, long since) implements Standing {
    }

    /** No activity under {@code epoch} is possible any more at this site. */
    default boolean gaveUp(long epoch) {
        return switch (this) {
            case Unsure _ -> false;
            case Active active -> active.epoch() > epoch;
            case Fencing fencing -> fencing.epoch() >= epoch;
            case Idle idle -> idle.epoch() >= epoch;
        };
    }

    /** Active under exactly this epoch, now. */
    default boolean activeAt(long epoch, long now) {
        return this instanceof Active active && active.epoch() == epoch
                && now - active.until() < 0;
    }
}
