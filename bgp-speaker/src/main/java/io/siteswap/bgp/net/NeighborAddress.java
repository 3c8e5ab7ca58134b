package io.siteswap.bgp.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a neighbour is and how to reach it.
 *
 * @param remote a link-local address names its interface ({@code fe80::1%eth0})
 * @param local source address of our connection
 */
public record NeighborAddress(String name, InetSocketAddress remote,
        Optional<InetSocketAddress> local, TcpOptions tcp) {

    public NeighborAddress(String name, InetSocketAddress remote,
            Optional<InetSocketAddress> local) {
        this(name, remote, local, TcpOptions.NONE);
    }

    /** The source of our connection, as far as it is not the kernel's choice. */
    Optional<InetSocketAddress> source() {
        if (tcp.sourcePort().isEmpty()) {
            return local;
        }
        int port = tcp.sourcePort().get();
        return Optional.of(local.map(from -> new InetSocketAddress(from.getAddress(), port))
                .orElse(new InetSocketAddress(port)));
    }

    /** Whether a connection from there is this neighbour's. */
    boolean isAt(InetAddress from) {
        InetAddress ours = remote.getAddress();
        if (ours instanceof Inet6Address known && from instanceof Inet6Address seen
                && known.isLinkLocalAddress()) {
            // The same link-local address may be on every link.
            return known.equals(seen) && (known.getScopeId() == 0
                    || known.getScopeId() == seen.getScopeId());
        }
        return from.equals(ours);
    }
}
