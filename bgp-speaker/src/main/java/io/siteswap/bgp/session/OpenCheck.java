package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.WireError;
import java.util.Optional;

/** Whether a neighbour's OPEN is acceptable (RFC 4271 section 6.2, RFC 6286). */
final class OpenCheck {

    private OpenCheck() {
    }

    static Optional<WireError> check(SessionConfig config, Open open) {
        if (open.as() != config.peerAs()) {
            return Optional.of(WireError.reset(Notification.OPEN, 2, "The neighbour is AS "
                    + open.as() + ", the configuration says AS " + config.peerAs() + "."));
        }
        boolean sameId = open.routerId().equals(config.routerId());
        if (open.routerId().toInt() == 0 || (sameId && !config.external())) {
            return Optional.of(WireError.reset(Notification.OPEN, 3,
                    "The neighbour's BGP identifier " + open.routerId()
                            + (sameId ? " is also ours." : " is not valid.")));
        }
        if (open.holdSeconds() == 1 || open.holdSeconds() == 2) {
            return Optional.of(WireError.reset(Notification.OPEN, 6, Octets.NONE,
                    "The neighbour proposes a hold time of " + open.holdSeconds() + " s."));
        }
        return Optional.empty();
    }
}
