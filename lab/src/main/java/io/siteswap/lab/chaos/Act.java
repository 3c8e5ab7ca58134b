package io.siteswap.lab.chaos;

import java.time.Duration;
import java.util.Locale;

/**
 * One fault of a round.
 *
 * @param at after the beginning of the round
 * @param lasting until it is taken back
 */
record Act(Fault fault, Duration at, Duration lasting) {

    Duration end() {
        return at.plus(lasting);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s at +%.1f s for %.1f s", fault, at.toMillis() / 1e3,
                lasting.toMillis() / 1e3);
    }
}
