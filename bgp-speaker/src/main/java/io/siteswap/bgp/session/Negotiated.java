package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Capability;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Open;
import java.time.Duration;
import java.util.List;

/**
 * What both OPENs together mean.
 *
 * @param hold the smaller proposal; 0: no keepalives
 * @param families both speak these
 * @param refresh the neighbour answers ROUTE-REFRESH
 */
public record Negotiated(Address peerId, Duration hold, Context context, List<Family> families,
        boolean refresh) {

    static Negotiated of(SessionConfig config, Open open) {
        Duration theirs = Duration.ofSeconds(open.holdSeconds());
        Duration hold = theirs.compareTo(config.hold()) < 0 ? theirs : config.hold();
        boolean four = open.find(Capability.FourOctetAs.class).isPresent();
        List<Capability> offered = open.capabilities();
        // A neighbour without the multiprotocol capability speaks IPv4 unicast (RFC 4760 8).
        boolean silent = open.find(Capability.MultiProtocol.class).isEmpty();
        List<Family> families = config.families().stream()
                .filter(f -> offered.contains(Capability.MultiProtocol.of(f))
                        || (silent && f == Family.IPV4_UNICAST))
                .toList();
        return new Negotiated(open.routerId(), hold, new Context(four, config.external()),
                families, open.find(Capability.Refresh.class).isPresent());
    }

    /** A third of the hold time (RFC 4271 section 4.4). */
    public Duration keepalive() {
        return hold.dividedBy(3);
    }
}
