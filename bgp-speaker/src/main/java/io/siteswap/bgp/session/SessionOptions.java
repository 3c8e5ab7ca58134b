package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.BgpRole;
import io.siteswap.bgp.wire.Family;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may be agreed with one neighbour beyond the plain session.
 *
 * @param hold proposed hold time; absent: the speaker's
 * @param sendHold the neighbour must read something within this time (RFC 9687); absent: twice
 * the hold time, at least 8 minutes as the RFC says
 * @param role what we are to the neighbour (RFC 9234); only for neighbours in another AS
 * @param strictRole refuse a neighbour that does not say its role
 * @param gracefulRestart absent: a session that ends takes its routes with it, on both sides
 * @param extendedMessages offer messages of up to 65535 octets (RFC 8654)
 * @param enhancedRefresh offer marked begin and end of a refresh (RFC 7313)
 * @param addPathReceive take several paths to a prefix in these families (RFC 7911)
 * @param extendedNextHop offer IPv4 routes with IPv6 next hops (RFC 8950)
 * @param bfdStrict no session before BFD is up (draft-ietf-idr-bgp-bfd-strict-mode), if the
 * neighbour agrees
 * @param acceptAs for a range of neighbours: the AS numbers they may have; empty: the configured
 * one only
 */
public record SessionOptions(Optional<Duration> hold, Optional<Duration> sendHold,
        Optional<BgpRole> role, boolean strictRole, Optional<RestartOptions> gracefulRestart,
        boolean extendedMessages, boolean enhancedRefresh, Set<Family> addPathReceive,
        boolean extendedNextHop, boolean bfdStrict, List<AsRange> acceptAs) {

    public static final SessionOptions DEFAULTS = new SessionOptions(Optional.empty(),
            Optional.empty(), Optional.empty(), false, Optional.empty(), true, true, Set.of(),
            false, false, List.of());

    /** AS numbers from the first to the last. */
    public record AsRange(long first, long last) {

        public static final AsRange ANY = new AsRange(1, 0xFFFF_FFFFL);

        public static AsRange only(long as) {
            return new AsRange(as, as);
        }

        boolean contains(long as) {
            return first <= as && as <= last;
        }
    }

    public SessionOptions {
        addPathReceive = Set.copyOf(addPathReceive);
        acceptAs = List.copyOf(acceptAs);
    }

    public SessionOptions withHold(Duration time) {
        return new SessionOptions(Optional.of(time), sendHold, role, strictRole, gracefulRestart,
                extendedMessages, enhancedRefresh, addPathReceive, extendedNextHop, bfdStrict,
                acceptAs);
    }

    public SessionOptions withSendHold(Duration time) {
        return new SessionOptions(hold, Optional.of(time), role, strictRole, gracefulRestart,
                extendedMessages, enhancedRefresh, addPathReceive, extendedNextHop, bfdStrict,
                acceptAs);
    }

    public SessionOptions withRole(BgpRole ours, boolean strict) {
        return new SessionOptions(hold, sendHold, Optional.of(ours), strict, gracefulRestart,
                extendedMessages, enhancedRefresh, addPathReceive, extendedNextHop, bfdStrict,
                acceptAs);
    }

    public SessionOptions withGracefulRestart(RestartOptions restart) {
        return new SessionOptions(hold, sendHold, role, strictRole, Optional.of(restart),
                extendedMessages, enhancedRefresh, addPathReceive, extendedNextHop, bfdStrict,
                acceptAs);
    }

    public SessionOptions withExtendedMessages(boolean offered) {
        return new SessionOptions(hold, sendHold, role, strictRole, gracefulRestart, offered,
                enhancedRefresh, addPathReceive, extendedNextHop, bfdStrict, acceptAs);
    }

    public SessionOptions withEnhancedRefresh(boolean offered) {
        return new SessionOptions(hold, sendHold, role, strictRole, gracefulRestart,
                extendedMessages, offered, addPathReceive, extendedNextHop, bfdStrict, acceptAs);
    }

    public SessionOptions withAddPathReceive(Set<Family> families) {
        return new SessionOptions(hold, sendHold, role, strictRole, gracefulRestart,
                extendedMessages, enhancedRefresh, families, extendedNextHop, bfdStrict,
                acceptAs);
    }

    public SessionOptions withExtendedNextHop(boolean offered) {
        return new SessionOptions(hold, sendHold, role, strictRole, gracefulRestart,
                extendedMessages, enhancedRefresh, addPathReceive, offered, bfdStrict, acceptAs);
    }

    public SessionOptions withBfdStrict(boolean strict) {
        return new SessionOptions(hold, sendHold, role, strictRole, gracefulRestart,
                extendedMessages, enhancedRefresh, addPathReceive, extendedNextHop, strict,
                acceptAs);
    }

    public SessionOptions withAcceptAs(List<AsRange> ranges) {
        return new SessionOptions(hold, sendHold, role, strictRole, gracefulRestart,
                extendedMessages, enhancedRefresh, addPathReceive, extendedNextHop, bfdStrict,
                ranges);
    }
}
