package io.siteswap.bgp.bfd.net;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Who a packet without our discriminator is from (RFC 5881 section 3, RFC 5883 section 4).
 *
 * @param scope index of the interface, for link-local addresses only
 */
record Endpoint(Address address, int scope, boolean multihop) {

    private static final long LINK_LOCAL_MASK = 0xFFC0L << 48;
    private static final long LINK_LOCAL = 0xFE80L << 48;

    static Endpoint of(Address address, int scope, boolean multihop) {
        boolean linkLocal = address.family() == Family.IPV6_UNICAST
                && (address.high() & LINK_LOCAL_MASK) == LINK_LOCAL;
        return new Endpoint(address, linkLocal ? scope : 0, multihop);
    }

    static Endpoint of(InetAddress address, boolean multihop) {
        int scope = address instanceof Inet6Address scoped ? scoped.getScopeId() : 0;
        return of(Address.of(address), scope, multihop);
    }
}
