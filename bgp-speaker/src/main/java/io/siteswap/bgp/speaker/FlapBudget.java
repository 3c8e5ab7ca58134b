package io.siteswap.bgp.speaker;

import io.siteswap.bgp.wire.Prefix;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often the rung of one prefix may change: routers of the Internet damp prefixes that flap
 * (RFC 7196), and then nobody hears of the change that matters. The caller tells the time.
 */
public final class FlapBudget {

    private final int changes;
    private final Duration within;
    private final Map<Prefix, Deque<Duration>> spent = new HashMap<>();

    /**
     * @param changes so many per prefix, 1 or more
     * @param within in so much time
     */
    public FlapBudget(int changes, Duration within) {
        if (changes < 1 || within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException(
                    "A flap budget is one change or more within some time.");
        }
        this.changes = changes;
        this.within = within;
    }

    /**
     * Spends nothing.
     *
     * @param now on a clock that never goes back
     * @return why a change must not happen now; empty: it may
     */
    public Optional<String> refusal(Prefix prefix, Duration now) {
        Deque<Duration> times = recent(prefix, now);
        if (times.size() < changes) {
            return Optional.empty();
        }
        Duration wait = within.minus(now.minus(times.getFirst()));
        return Optional.of(prefix + " changed its rung " + times.size() + " times within "
                + within.toSeconds() + " s: the next change is possible in "
                + (wait.toSeconds() + 1) + " s, or with override.");
    }

    /** A change happens, whether there is something left to spend or not. */
    public void spend(Prefix prefix, Duration now) {
        Deque<Duration> times = recent(prefix, now);
        if (times.size() >= changes) {
            times.removeFirst();
        }
        times.addLast(now);
    }

    private Deque<Duration> recent(Prefix prefix, Duration now) {
        Deque<Duration> times = spent.computeIfAbsent(prefix, _ -> new ArrayDeque<>());
        while (!times.isEmpty() && now.minus(times.getFirst()).compareTo(within) >= 0) {
            times.removeFirst();
        }
        return times;
    }
}
