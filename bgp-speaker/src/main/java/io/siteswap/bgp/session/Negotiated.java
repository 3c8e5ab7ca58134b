package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.BgpRole;
import io.siteswap.bgp.wire.Capability;
import io.siteswap.bgp.wire.Capability.AddPath;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Open;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What both OPENs together mean.
 *
 * @param hold the smaller proposal; 0: no keepalives
 * @param families both speak these
 * @param refresh the neighbour answers ROUTE-REFRESH
 * @param enhancedRefresh both mark begin and end of a refresh (RFC 7313)
 * @param role what we are to the neighbour, as configured: the OTC rules follow it also when the
 * neighbour is silent about its own (RFC 9234 section 5)
 * @param bfdStrict the session waits for BFD
 * @param restart graceful restart, if both do it
 * @param peerAs the neighbour's AS
 */
public record Negotiated(Address peerId, Duration hold, Context context, List<Family> families,
        boolean refresh, boolean enhancedRefresh, Optional<BgpRole> role, boolean bfdStrict,
        Optional<Restart> restart, long peerAs) {

    /** Nothing agreed beyond the plain session. */
    public Negotiated(Address peerId, Duration hold, Context context, List<Family> families,
            boolean refresh) {
        this(peerId, hold, context, families, refresh, false, Optional.empty(), false,
                Optional.empty(), 0);
    }

    static Negotiated of(SessionConfig config, Terms terms, Open open) {
        boolean everything = terms.offer() == Terms.Offer.EVERYTHING;
        SessionOptions options = config.options();
        Duration theirs = Duration.ofSeconds(open.holdSeconds());
        Duration hold = theirs.compareTo(config.hold()) < 0 ? theirs : config.hold();
        List<Family> families = families(config, terms, open);
        return new Negotiated(open.routerId(), hold, context(config, terms, open, families),
                families, open.find(Capability.Refresh.class).isPresent(),
                everything && options.enhancedRefresh()
                        && open.find(Capability.EnhancedRefresh.class).isPresent(),
                options.role().filter(_ -> config.external()),
                everything && options.bfdStrict()
                        && open.find(Capability.BfdStrict.class).isPresent(),
                everything ? Restart.of(config, open, families) : Optional.empty(), open.as());
    }

    private static List<Family> families(SessionConfig config, Terms terms, Open open) {
        // Who does not say the multiprotocol capability speaks IPv4 unicast (RFC 4760 section 8).
        boolean silent = open.find(Capability.MultiProtocol.class).isEmpty();
        boolean mute = terms.offer() == Terms.Offer.NOTHING;
        return config.families().stream()
                .filter(f -> f == Family.IPV4_UNICAST || !mute)
                .filter(f -> open.capabilities().contains(Capability.MultiProtocol.of(f))
                        || (silent && f == Family.IPV4_UNICAST))
                .toList();
    }

    private static Context context(SessionConfig config, Terms terms, Open open,
            List<Family> families) {
        boolean four = terms.offer() != Terms.Offer.NOTHING
                && open.find(Capability.FourOctetAs.class).isPresent();
        Context plain = new Context(four, config.external());
        if (terms.offer() != Terms.Offer.EVERYTHING) {
            return plain;
        }
        SessionOptions options = config.options();
        return plain
                .withExtendedMessages(options.extendedMessages()
                        && open.find(Capability.ExtendedMessage.class).isPresent())
                .withAddPath(addPath(options, open, families), Set.of())
                .withExtendedNextHop(options.extendedNextHop() && open
                        .findAll(Capability.ExtendedNextHop.class).stream()
                        .anyMatch(c -> c.hops().contains(
                                new Capability.ExtendedNextHop.Hop(1, 1, 2)))
                                        ? Set.of(Family.IPV4_UNICAST)
                                        : Set.of());
    }

    /** Families of which we take several paths and the neighbour sends them. */
    private static Set<Family> addPath(SessionOptions options, Open open,
            List<Family> families) {
        List<AddPath.Paths> theirs = open.findLast(AddPath.class).map(AddPath::families)
                .orElse(List.of());
        return families.stream().filter(options.addPathReceive()::contains)
                .filter(f -> theirs.stream().anyMatch(
                        p -> p.afi() == f.afi() && p.safi() == f.safi() && p.send()))
                .collect(Collectors.toSet());
    }

    /** A third of the hold time (RFC 4271 section 4.4). */
    public Duration keepalive() {
        return hold.dividedBy(3);
    }

    /** Also a NOTIFICATION leaves the routes in place, unless it is a hard reset (RFC 8538). */
    boolean survivesNotification() {
        return restart.filter(Restart::notification).isPresent();
    }

    /** What is kept when the connection is lost now. */
    Optional<Retention> retention() {
        return restart.flatMap(Restart::retention);
    }
}
