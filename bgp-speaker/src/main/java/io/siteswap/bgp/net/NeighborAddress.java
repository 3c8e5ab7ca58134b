package io.siteswap.bgp.net;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a neighbour is.
 *
 * @param local source address of our connection
 */
public record NeighborAddress(String name, InetSocketAddress remote,
        Optional<InetSocketAddress> local) {
}
