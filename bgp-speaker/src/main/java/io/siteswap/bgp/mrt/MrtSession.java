package io.siteswap.bgp.mrt;

import io.siteswap.bgp.wire.Address;

/**
 * The two ends that a message was exchanged between (RFC 6396 section 4.4).
 *
 * @param interfaceIndex 0 where it is not known
 */
public record MrtSession(long peerAs, long localAs, int interfaceIndex, Address peer,
        Address local) {

    public boolean external() {
        return peerAs != localAs;
    }
}
