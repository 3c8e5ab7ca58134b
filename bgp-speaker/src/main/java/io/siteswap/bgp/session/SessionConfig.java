package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Capability;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Open;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a session needs to know before it meets its neighbour.
 *
 * @param hold proposed hold time, 0 or 3 s to 65535 s
 * @param connectRetry pause between attempts, also after a protocol error
 * @param reconnect pause after a connection was merely lost
 * @param passive wait for the neighbour to connect
 */
public record SessionConfig(long localAs, long peerAs, Address routerId, Duration hold,
        Duration connectRetry, Duration reconnect, boolean passive, List<Family> families) {

    /** The shortest hold time but 0 (RFC 4271 section 4.2). */
    public static final Duration MIN_HOLD = Duration.ofSeconds(3);
    public static final Duration MAX_HOLD = Duration.ofSeconds(65535);

    public SessionConfig {
        families = List.copyOf(families);
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

    Open open() {
        List<Capability> capabilities = new ArrayList<>();
        families.forEach(f -> capabilities.add(Capability.MultiProtocol.of(f)));
        capabilities.add(new Capability.Refresh());
        capabilities.add(new Capability.FourOctetAs(localAs));
        return Open.of(localAs, (int) hold.toSeconds(), routerId, capabilities);
    }
}
