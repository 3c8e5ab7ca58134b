package io.siteswap.bgp.app;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Our own addresses, as next hops. */
final class OwnHops {

    private OwnHops() {
    }

    /**
     * Those that the configuration says are ours: a route that points to one of them comes back to us
     * and is not used (RFC 4271 section 6.3). Next hops are not among them: they may be another
     * machine's. Nor are link-local addresses: on another link the same one is a neighbour's.
     */
    static Set<Address> configured(SpeakerConfig config) {
        Set<Address> own = new HashSet<>();
        config.neighbors().forEach(n -> n.local().map(Address::parse).ifPresent(own::add));
        config.listen().map(HostPort::parse)
                .flatMap(l -> Optional.ofNullable(l.resolve().getAddress()))
                .filter(address -> !address.isAnyLocalAddress())
                .map((InetAddress a) -> Address.of(a))
                .ifPresent(own::add);
        own.removeIf(Address::isLinkLocal);
        return own;
    }

    /**
     * Where a neighbour is told to send packets. Over a link-local session the global address comes
     * first and the link-local one beside it (RFC 2545 section 3): the configured one, or one of the
     * same interface. A configured address of another machine stands alone, since our link-local one
     * would draw its packets to us.
     *
     * @param link the interface of the session, if it is known
     */
    static List<Address> at(Optional<Address> configured, Address local,
            Optional<NetworkInterface> link) {
        List<Address> hops = new ArrayList<>();
        configured.ifPresent(hops::add);
        if (!local.isLinkLocal()) {
            hops.add(local);
            return hops;
        }
        Optional<Address> six = configured.filter(a -> a.family() == Family.IPV6_UNICAST);
        if (six.isEmpty()) {
            global(local, link).ifPresent(hops::add);
        }
        if (six.isEmpty() || isOurs(six.get())) {
            hops.add(local);
        }
        return hops;
    }

    private static boolean isOurs(Address address) {
        try {
            return NetworkInterface.getByInetAddress(address.toInetAddress()) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    private static Optional<Address> global(Address local, Optional<NetworkInterface> link) {
        try {
            Optional<NetworkInterface> known = link.isPresent()
                    ? link
                    : Optional.ofNullable(
                            NetworkInterface.getByInetAddress(local.toInetAddress()));
            return known.stream().flatMap(NetworkInterface::inetAddresses)
                    .map((InetAddress a) -> Address.of(a))
                    .filter(a -> a.family() == Family.IPV6_UNICAST && !a.isLinkLocal())
                    .sorted().findFirst();
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    /**
     * The interface of a session with a link-local neighbour: the same address of ours may be on
     * several.
     *
     * @param device the one that the configuration names
     * @param remote perhaps with its scope
     */
    static Optional<NetworkInterface> link(Optional<String> device, InetAddress remote) {
        try {
            if (device.isPresent()) {
                return Optional.ofNullable(NetworkInterface.getByName(device.get()));
            }
            return remote instanceof Inet6Address six && six.getScopeId() != 0
                    ? Optional.ofNullable(NetworkInterface.getByIndex(six.getScopeId()))
                    : Optional.empty();
        } catch (SocketException e) {
            return Optional.empty();
        }
    }
}
