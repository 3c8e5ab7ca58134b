package io.siteswap.bgp.app;

import io.siteswap.bgp.wire.Address;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Our own addresses, as next hops. */
final class OwnHops {

    private OwnHops() {
    }

    /**
     * Those that the configuration says are ours: a route that points to one of them comes back to us
     * and is not used (RFC 4271 section 6.3). Next hops are not among them: they may be another
     * machine's.
     */
    static Set<Address> configured(SpeakerConfig config) {
        Set<Address> own = new HashSet<>();
        config.neighbors().forEach(n -> n.local().map(Address::parse).ifPresent(own::add));
        config.listen().map(HostPort::parse)
                .flatMap(l -> Optional.ofNullable(l.resolve().getAddress()))
                .filter(address -> !address.isAnyLocalAddress())
                .map((InetAddress a) -> Address.of(a))
                .ifPresent(own::add);
        return own;
    }
}
