package io.siteswap.monitor.health;

import io.siteswap.policy.facts.Health;

/**
 * Observations to health: UP after {@code rise} good ones in a row, DOWN after {@code fall} bad
 * ones in a row, UNKNOWN until the first of the two. A value; {@link #observe} returns the next.
 *
 * @param good good observations in a row, up to rise
 * @param bad bad observations in a row, up to fall
 */
public record Hysteresis(int rise, int fall, int good, int bad, Health health) {

    public Hysteresis {
        if (rise < 1 || fall < 1) {
            throw new IllegalArgumentException("rise and fall must be at least 1");
        }
    }

    /** Nothing observed yet. */
    public static Hysteresis of(int rise, int fall) {
        return new Hysteresis(rise, fall, 0, 0, Health.UNKNOWN);
    }

    /** After one more observation. */
    public Hysteresis observe(boolean ok) {
        int goods = ok ? Math.min(good + 1, rise) : 0;
        int bads = ok ? 0 : Math.min(bad + 1, fall);
        Health next = goods == rise ? Health.UP : bads == fall ? Health.DOWN : health;
        return new Hysteresis(rise, fall, goods, bads, next);
    }
}
