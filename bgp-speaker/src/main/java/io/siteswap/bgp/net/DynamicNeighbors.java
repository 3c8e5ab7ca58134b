package io.siteswap.bgp.net;

import io.netty.channel.socket.SocketChannel;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Prefix;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Neighbours that are known by their prefix only; each exists as long as it is connected. */
public final class DynamicNeighbors {

    /**
     * @param name of the range, for people
     * @param limit so many of them at once
     * @param device only what comes in there
     */
    public record Range(String name, Prefix prefix, int limit, Optional<String> device) {

        /** On any interface. */
        public Range(String name, Prefix prefix, int limit) {
            this(name, prefix, limit, Optional.empty());
        }

        /** The neighbour at the other end of a link without addresses, whoever it is. */
        public static Range unnumbered(String name, String device) {
            return new Range(name, Prefix.parse("fe80::/10"), 1, Optional.of(device));
        }

        private boolean contains(InetAddress from) {
            return covers(from) && (device.isEmpty() || device.equals(deviceOf(from)));
        }

        private static Optional<String> deviceOf(InetAddress from) {
            return from instanceof Inet6Address six
                    ? Optional.ofNullable(six.getScopedInterface())
                            .map(NetworkInterface::getName)
                            .or(() -> nameOf(six.getScopeId()))
                    : Optional.empty();
        }

        private static Optional<String> nameOf(int scope) {
            try {
                return Optional.ofNullable(NetworkInterface.getByIndex(scope))
                        .map(NetworkInterface::getName);
            } catch (SocketException e) {
                // Gone with its neighbour.
                return Optional.empty();
            }
        }

        private boolean covers(InetAddress from) {
            Address address = Address.of(from);
            return address.family() == prefix.family()
                    && new Prefix(address, prefix.length()).equals(prefix);
        }
    }

    private final List<Range> ranges;
    private final BiFunction<Range, InetAddress, NeighborRunner> factory;
    private final Consumer<NeighborRunner> forgotten;
    private final Map<InetAddress, NeighborRunner> present = new LinkedHashMap<>();
    private final Map<InetAddress, Range> owners = new LinkedHashMap<>();

    /**
     * @param factory makes a passive runner; its session options say which AS numbers are welcome
     * @param forgotten hears of every runner that is over
     */
    public DynamicNeighbors(List<Range> ranges,
            BiFunction<Range, InetAddress, NeighborRunner> factory,
            Consumer<NeighborRunner> forgotten) {
        this.ranges = List.copyOf(ranges);
        this.factory = factory;
        this.forgotten = forgotten;
    }

    public static DynamicNeighbors none() {
        return new DynamicNeighbors(List.of(), (_, _) -> {
            throw new IllegalStateException("There is no range.");
        }, _ -> {
        });
    }

    public List<NeighborRunner> present() {
        return List.copyOf(present.values());
    }

    /** Takes the connection if its address is in a range that has room. */
    boolean accepted(InetAddress from, SocketChannel channel) {
        Optional<NeighborRunner> known = Optional.ofNullable(present.get(from));
        if (known.isPresent()) {
            known.get().accepted(channel);
            return true;
        }
        Optional<Range> range = ranges.stream().filter(r -> r.contains(from)).findFirst()
                .filter(r -> owners.values().stream().filter(r::equals).count() < r.limit);
        range.ifPresent(r -> {
            NeighborRunner runner = factory.apply(r, from);
            present.put(from, runner);
            owners.put(from, r);
            runner.whenQuiet(() -> forget(from, runner));
            runner.start();
            runner.accepted(channel);
        });
        return range.isPresent();
    }

    private void forget(InetAddress from, NeighborRunner runner) {
        if (present.remove(from, runner)) {
            owners.remove(from);
            runner.abandon();
            forgotten.accept(runner);
        }
    }

    /** Whether a connection from there is worth looking at. */
    boolean welcomes(InetAddress from) {
        return ranges.stream().anyMatch(r -> r.contains(from));
    }
}
