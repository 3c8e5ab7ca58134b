package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.BgpRole;
import io.siteswap.bgp.wire.Capability;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.WireError;
import java.util.List;
import java.util.Optional;

/** Whether a neighbour's OPEN is acceptable (RFC 4271 section 6.2, RFC 6286, RFC 9234). */
final class OpenCheck {

    private OpenCheck() {
    }

    static Optional<WireError> check(SessionConfig config, Open open) {
        if (!config.accepts(open.as())) {
            return Optional.of(WireError.reset(Notification.OPEN, 2, "The neighbour is AS "
                    + open.as() + ", the configuration says "
                    + (config.options().acceptAs().isEmpty()
                            ? "AS " + config.peerAs()
                            : "one of " + config.options().acceptAs())
                    + "."));
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
        return config.options().role().filter(_ -> config.external())
                .flatMap(ours -> role(ours, config.options().strictRole(), open));
    }

    /** RFC 9234 section 4.2. */
    private static Optional<WireError> role(BgpRole ours, boolean strict, Open open) {
        List<Capability.Role> theirs = open.findAll(Capability.Role.class).stream().distinct()
                .toList();
        if (theirs.isEmpty()) {
            return strict
                    ? mismatch("The neighbour does not say its role; ours is " + ours + ".")
                    : Optional.empty();
        }
        boolean fits = theirs.size() == 1
                && theirs.getFirst().role().filter(ours.counterpart()::equals).isPresent();
        return fits
                ? Optional.empty()
                : mismatch("Our role is " + ours + ", the neighbour says "
                        + theirs.stream().map(r -> r.role().map(BgpRole::name)
                                .orElse("role " + r.value())).toList()
                        + ".");
    }

    private static Optional<WireError> mismatch(String reason) {
        return Optional.of(WireError.reset(Notification.OPEN, Notification.OPEN_ROLE_MISMATCH,
                reason));
    }
}
