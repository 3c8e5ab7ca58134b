package io.siteswap.bgp.rib;

import java.time.Duration;

/**
 * How many prefixes of one family a neighbour may announce (RFC 4271 section 6.7).
 *
 * @param limit at most so many
 * @param warnPercent say so when it announces more than this part of them, 1 to 100
 * @param action what follows above the limit
 * @param restart after STOP, try again after this time; zero: not by itself
 */
public record MaxPrefix(int limit, int warnPercent, Action action, Duration restart) {

    /** What follows above the limit. */
    public enum Action {
        /** A line in the log. */
        WARN,
        /** The session ends with Cease / Maximum Number of Prefixes Reached. */
        STOP
    }

    /** @throws IllegalArgumentException with a sentence for the operator */
    public MaxPrefix {
        if (limit < 1 || warnPercent < 1 || warnPercent > 100) {
            throw new IllegalArgumentException("max-prefix needs a limit of 1 or more and a"
                    + " warning at 1 to 100 percent, not " + limit + " and " + warnPercent + ".");
        }
    }

    int warnAbove() {
        return (int) ((long) limit * warnPercent / 100);
    }
}
