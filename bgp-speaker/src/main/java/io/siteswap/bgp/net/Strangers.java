package io.siteswap.bgp.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who connects without being a neighbour: one report per address and minute, however often it
 * tries. Time is passed in.
 */
final class Strangers {

    /** More addresses than this at once are an attack, not misconfigured neighbours. */
    static final int MAX_ADDRESSES = 256;
    static final Duration QUIET = Duration.ofMinutes(1);

    private static final class Seen {
        private long reportedAt;
        private long since;
    }

    private final Map<InetAddress, Seen> seen = new LinkedHashMap<>();
    private final Seen others = new Seen();
    private boolean othersReported;

    /**
     * One more connection.
     *
     * @return how many to report, this one included; empty: say nothing now
     */
    Optional<Long> seen(InetAddress from, long nanos) {
        Seen known = seen.get(from);
        if (known != null) {
            return count(known, nanos);
        }
        if (seen.size() >= MAX_ADDRESSES) {
            seen.values().removeIf(s -> nanos - s.reportedAt > QUIET.toNanos());
        }
        if (seen.size() < MAX_ADDRESSES) {
            Seen fresh = new Seen();
            fresh.reportedAt = nanos;
            seen.put(from, fresh);
            return Optional.of(1L);
        }
        if (!othersReported) {
            othersReported = true;
            others.reportedAt = nanos;
            return Optional.of(1L);
        }
        return count(others, nanos);
    }

    private static Optional<Long> count(Seen known, long nanos) {
        known.since++;
        if (nanos - known.reportedAt <= QUIET.toNanos()) {
            return Optional.empty();
        }
        long count = known.since;
        known.since = 0;
        known.reportedAt = nanos;
        return Optional.of(count);
    }
}
