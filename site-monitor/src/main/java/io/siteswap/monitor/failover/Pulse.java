package io.siteswap.monitor.failover;

/**
 * How live the log is, as this replica sees it. A holder renews several times a second, so a log that
 * is still for a lease has no leader or does not reach this replica, and what others have reported
 * may have changed meanwhile.
 *
 * @param beat when the newest entry was applied here
 * @param trusted after a stillness everybody gets this long to say what is new
 */
record Pulse(long beat, long trusted) {

    static Pulse none(Setup setup, long now) {
        return new Pulse(now - setup.lease(), now);
    }

    /** An entry was applied. Whoever still wants to say something tries every other renewal. */
    Pulse beats(Setup setup, long now) {
        return new Pulse(now, now - beat < setup.lease() ? trusted : now + setup.lease());
    }

    /** Reports of others are what they see now. */
    boolean live(View view) {
        return view.due(trusted) && view.now() - beat < view.setup().lease();
    }
}
