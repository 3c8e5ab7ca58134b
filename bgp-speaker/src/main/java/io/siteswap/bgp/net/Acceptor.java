package io.siteswap.bgp.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Accepts connections of configured neighbours, closes all others. */
public final class Acceptor {

    private final Channel listener;

    private Acceptor(Channel listener) {
        this.listener = listener;
    }

    /**
     * @param stranger gets the address of whoever is not configured, on the event loop
     * @throws IOException with one sentence for the operator
     */
    public static Acceptor start(Transport transport, InetSocketAddress address,
            List<NeighborRunner> neighbors, Consumer<InetAddress> stranger) throws IOException {
        ChannelFuture bound = transport
                .listen(address, channel -> accept(channel, neighbors, stranger))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("Cannot listen for BGP on " + address.getHostString() + " port "
                    + address.getPort() + ": " + bound.cause().getMessage()
                    + ". Stop what uses it or set another listen address.", bound.cause());
        }
        return new Acceptor(bound.channel());
    }

    private static void accept(SocketChannel channel, List<NeighborRunner> neighbors,
            Consumer<InetAddress> stranger) {
        if (!channel.isActive()) {
            return;
        }
        InetAddress from = channel.remoteAddress().getAddress();
        Optional<NeighborRunner> known = neighbors.stream()
                .filter(n -> from.equals(n.address().remote().getAddress())).findFirst();
        if (known.isPresent()) {
            known.get().accepted(channel);
        } else {
            stranger.accept(from);
            ChannelFuture _ = channel.close();
        }
    }

    /** The port in use, when the configuration left the choice to the kernel. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    public void close() {
        ChannelFuture _ = listener.close();
    }
}
