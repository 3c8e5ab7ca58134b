package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Address;

/**
 * Where a route came from.
 *
 * @param peer name of the neighbour
 * @param as its AS number; 0: not known, nothing is checked against it
 * @param external it is in another AS
 * @param peerId its BGP identifier
 * @param address its end of the session
 */
public record Source(String peer, long as, boolean external, Address peerId, Address address) {

    /** Of a neighbour whose AS number does not matter. */
    public Source(String peer, boolean external, Address peerId, Address address) {
        this(peer, 0, external, peerId, address);
    }
}
