package io.siteswap.bgp.mrt;

import io.siteswap.bgp.wire.Address;

/** A neighbour that routes of a table dump come from (RFC 6396 section 4.3.1). */
public record MrtPeer(Address routerId, Address address, long as) {
}
