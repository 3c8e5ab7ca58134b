package io.siteswap.bgp.session;

import java.time.Duration;
import java.util.Optional;

/**
 * What may be agreed with one neighbour beyond the plain session.
 *
 * @param hold proposed hold time; absent: the speaker's
 * @param sendHold the neighbour must read something within this time (RFC 9687); absent: twice
 * the hold time, at least 8 minutes as the RFC says
 */
public record SessionOptions(Optional<Duration> hold, Optional<Duration> sendHold) {

    public static final SessionOptions DEFAULTS = new SessionOptions(Optional.empty(),
            Optional.empty());
}
