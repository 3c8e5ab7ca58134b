package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import java.time.Duration;
import java.util.List;

/**
 * What a session needs to know before it meets its neighbour.
 *
 * @param hold proposed hold time, 0 or 3 s to 65535 s
 * @param connectRetry pause between attempts, also after a protocol error
 * @param reconnect pause after a connection was merely lost
 * @param passive wait for the neighbour to connect
 * @param restarting this speaker has just started and may have been here before: its neighbours
 * need not wait for its End-of-RIB (RFC 4724 section 4.1, R bit)
 */
public record SessionConfig(long localAs, long peerAs, Address routerId, Duration hold,
        Duration connectRetry, Duration reconnect, boolean passive, List<Family> families,
        SessionOptions options, boolean restarting) {

    /** The shortest hold time but 0 (RFC 4271 section 4.2). */
    public static final Duration MIN_HOLD = Duration.ofSeconds(3);
    public static final Duration MAX_HOLD = Duration.ofSeconds(65535);

    /** RFC 9687 section 4. */
    static final Duration MIN_SEND_HOLD = Duration.ofMinutes(8);

    /** With the default options. */
    public SessionConfig(long localAs, long peerAs, Address routerId, Duration hold,
            Duration connectRetry, Duration reconnect, boolean passive, List<Family> families) {
        this(localAs, peerAs, routerId, hold, connectRetry, reconnect, passive, families,
                SessionOptions.DEFAULTS, false);
    }

    public SessionConfig with(SessionOptions other) {
        return new SessionConfig(localAs, peerAs, routerId, hold, connectRetry, reconnect,
                passive, families, other, restarting);
    }

    public SessionConfig withRestarting(boolean just) {
        return new SessionConfig(localAs, peerAs, routerId, hold, connectRetry, reconnect,
                passive, families, options, just);
    }

    public SessionConfig {
        families = List.copyOf(families);
        hold = options.hold().orElse(hold);
        boolean tooShort = !hold.isZero() && hold.compareTo(MIN_HOLD) < 0;
        if (tooShort || hold.isNegative() || hold.compareTo(MAX_HOLD) > 0) {
            throw new IllegalArgumentException(
                    "The hold time must be 0 or between 3 s and 65535 s, not "
                            + hold.toSeconds() + " s.");
        }
    }

    public boolean external() {
        return localAs != peerAs;
    }

    boolean accepts(long as) {
        return options.acceptAs().isEmpty()
                ? as == peerAs
                : options.acceptAs().stream().anyMatch(range -> range.contains(as));
    }

    /** How long the neighbour may leave our bytes unread. */
    Duration sendHold(Negotiated negotiated) {
        Duration twice = negotiated.hold().multipliedBy(2);
        return options.sendHold()
                .orElse(twice.compareTo(MIN_SEND_HOLD) > 0 ? twice : MIN_SEND_HOLD);
    }
}
