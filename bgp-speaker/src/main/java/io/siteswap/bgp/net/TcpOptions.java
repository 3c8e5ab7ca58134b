package io.siteswap.bgp.net;

import java.util.Optional;

/**
 * How the TCP connections of one neighbour are protected.
 *
 * @param password for TCP MD5 signatures (RFC 2385), 1 to 80 octets
 * @param ttlSecurity the neighbour is at most this many hops away, 1 to 254: packets that came
 * further are dropped by the kernel (GTSM, RFC 5082)
 * @param multihop TTL of our packets, 1 to 255; absent: 1 for a neighbour in another AS without
 * {@code ttlSecurity}, else 255
 */
public record TcpOptions(Optional<String> password, Optional<Integer> ttlSecurity,
        Optional<Integer> multihop) {

    public static final TcpOptions NONE = new TcpOptions(Optional.empty(), Optional.empty(),
            Optional.empty());
}
