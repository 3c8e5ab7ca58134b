package io.siteswap.bgp.bmp;

import io.siteswap.bgp.wire.Address;

/**
 * A neighbour as collectors know it (RFC 7854 section 4.2).
 *
 * @param fourOctetAs AS numbers in its AS paths have 4 octets
 */
public record BmpPeer(Address address, long as, Address routerId, boolean fourOctetAs) {
}
