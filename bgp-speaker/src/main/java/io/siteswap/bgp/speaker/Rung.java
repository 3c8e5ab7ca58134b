package io.siteswap.bgp.speaker;

import io.siteswap.bgp.wire.Community;
import java.util.List;
import java.util.Optional;

/**
 * One way to announce a prefix.
 *
 * @param prepends how many times the own AS stands in the path beyond the one it always has
 * @param med MULTI_EXIT_DISC, unsigned 32 bits
 * @param withdrawn not announced at all; the other fields do not matter then
 */
public record Rung(int prepends, List<Community> communities, Optional<Long> med,
        boolean withdrawn) {

    /** Longer paths buy nothing more and are filtered by some networks. */
    public static final int MAX_PREPENDS = 10;

    /** @throws IllegalArgumentException with a sentence for the operator */
    public Rung {
        if (prepends < 0 || prepends > MAX_PREPENDS) {
            throw new IllegalArgumentException("A rung may have 0 to " + MAX_PREPENDS
                    + " prepends, not " + prepends + ".");
        }
        if (med.filter(m -> m < 0 || m > 0xFFFF_FFFFL).isPresent()) {
            throw new IllegalArgumentException(
                    "A rung's med must be between 0 and 4294967295, not " + med.get() + ".");
        }
        communities = List.copyOf(communities);
    }

    /**
     * Reads communities as text.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static Rung of(int prepends, List<String> communities, Optional<Long> med,
            boolean withdrawn) {
        return new Rung(prepends, communities.stream().map(Community::parse).toList(), med,
                withdrawn);
    }

    public static Rung prepended(int prepends) {
        return new Rung(prepends, List.of(), Optional.empty(), false);
    }

    public static Rung none() {
        return new Rung(0, List.of(), Optional.empty(), true);
    }
}
