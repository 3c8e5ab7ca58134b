package io.siteswap.bgp.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Accepts connections of configured neighbours, closes all others. */
public final class Acceptor {

    private final List<NeighborRunner> neighbors;
    private final DynamicNeighbors dynamic;
    private final BiConsumer<InetAddress, Long> report;
    private final Strangers strangers = new Strangers();
    private @Nullable Channel listener;

    private Acceptor(List<NeighborRunner> neighbors, DynamicNeighbors dynamic,
            BiConsumer<InetAddress, Long> report) {
        this.neighbors = new CopyOnWriteArrayList<>(neighbors);
        this.dynamic = dynamic;
        this.report = report;
    }

    /** Without ranges, and a stranger reported without its count. */
    public static Acceptor start(Transport transport, InetSocketAddress address,
            List<NeighborRunner> neighbors, Consumer<InetAddress> stranger) throws IOException {
        return start(transport, address, neighbors, DynamicNeighbors.none(),
                (from, _) -> stranger.accept(from));
    }

    /**
     * @param report gets the address of whoever is not configured and how often it tried since
     * the last report, at most once a minute for an address, on the event loop
     * @throws IOException with one sentence for the operator
     */
    public static Acceptor start(Transport transport, InetSocketAddress address,
            List<NeighborRunner> neighbors, DynamicNeighbors dynamic,
            BiConsumer<InetAddress, Long> report) throws IOException {
        Acceptor acceptor = new Acceptor(neighbors, dynamic, report);
        ChannelFuture bound = transport
                .listen(address, acceptor::isStranger, acceptor::accept)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("Cannot listen for BGP on " + address.getHostString() + " port "
                    + address.getPort() + ": " + bound.cause().getMessage()
                    + ". Stop what uses it or set another listen address.", bound.cause());
        }
        acceptor.listener = bound.channel();
        try {
            acceptor.protect(transport, address);
        } catch (ChannelException e) {
            acceptor.close();
            throw new IOException("Cannot listen for BGP on " + address.getHostString() + " port "
                    + address.getPort() + ": " + e.getMessage(), e);
        }
        return acceptor;
    }

    /** From here on, neighbours are let in: call it when they are ready for a session. */
    public void open() {
        channel().config().setAutoRead(true);
    }

    private void protect(Transport transport, InetSocketAddress address) {
        if (!transport.epoll()) {
            neighbors.forEach(n -> Sockets.needsEpoll(n.address()).ifPresent(reason -> {
                throw new ChannelException(reason);
            }));
            return;
        }
        if (neighbors.stream().anyMatch(n -> n.address().tcp().ttlSecurity().isPresent())) {
            Sockets.listener(channel(), address.getAddress() instanceof Inet4Address);
        }
        passwords();
    }

    private void passwords() {
        Map<InetAddress, byte[]> keys = new HashMap<>();
        neighbors.forEach(n -> n.address().tcp().password().ifPresent(
                password -> keys.put(n.address().remote().getAddress(), Sockets.key(password))));
        Sockets.passwords(channel(), keys);
    }

    /**
     * Other neighbours from here on, with their passwords; connections that are there stay. On the
     * event loop.
     */
    public void neighbors(List<NeighborRunner> others) {
        neighbors.clear();
        neighbors.addAll(others);
        passwords();
    }

    private boolean isStranger(InetAddress from) {
        if (find(from).isPresent() || dynamic.welcomes(from)) {
            return false;
        }
        strangers.seen(from, System.nanoTime()).ifPresent(count -> report.accept(from, count));
        return true;
    }

    private Optional<NeighborRunner> find(InetAddress from) {
        return neighbors.stream().filter(n -> n.address().isAt(from)).findFirst();
    }

    private void accept(SocketChannel channel) {
        if (!channel.isActive()) {
            return;
        }
        InetAddress from = channel.remoteAddress().getAddress();
        Optional<NeighborRunner> known = find(from);
        if (known.isPresent()) {
            known.get().accepted(channel);
        } else if (!dynamic.accepted(from, channel)) {
            strangers.seen(from, System.nanoTime())
                    .ifPresent(count -> report.accept(from, count));
            ChannelFuture _ = channel.close();
        }
    }

    private Channel channel() {
        return Optional.ofNullable(listener).orElseThrow();
    }

    /** The port in use, when the configuration left the choice to the kernel. */
    public int port() {
        return ((InetSocketAddress) channel().localAddress()).getPort();
    }

    public void close() {
        ChannelFuture _ = channel().close();
    }
}
