package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Address;

/**
 * Where a route came from.
 *
 * @param peer name of the neighbour
 * @param external it is in another AS
 * @param peerId its BGP identifier
 * @param address its end of the session
 */
public record Source(String peer, boolean external, Address peerId, Address address) {
}
