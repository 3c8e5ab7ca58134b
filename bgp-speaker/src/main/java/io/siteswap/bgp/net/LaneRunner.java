package io.siteswap.bgp.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.siteswap.bgp.session.Event;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.WireError;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** The connection and the timers of one lane. */
final class LaneRunner implements Connection.Owner {

    private final NeighborRunner neighbor;
    private final Transport transport;
    private final int id;
    private final Timers timers;
    private Optional<Connection> connection = Optional.empty();
    private Optional<ChannelFuture> attempt = Optional.empty();

    LaneRunner(NeighborRunner neighbor, Transport transport, int id) {
        this.neighbor = neighbor;
        this.transport = transport;
        this.id = id;
        this.timers = new Timers(transport.loop(),
                kind -> neighbor.event(id, new Event.Expired(kind)));
    }

    Timers timers() {
        return timers;
    }

    void connect(NeighborAddress address, Duration timeout) {
        ChannelFuture future = transport.connect(address, neighbor.config().external(), timeout,
                new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        // The reader is added once the session wants the connection.
                    }
                });
        attempt = Optional.of(future);
        // An attempt that fails before it has a channel completes on another thread.
        ChannelFuture _ = future.addListener(_ -> {
            if (transport.loop().inEventLoop()) {
                connected(future, address);
            } else {
                transport.loop().execute(() -> connected(future, address));
            }
        });
    }

    private void connected(ChannelFuture future, NeighborAddress address) {
        if (attempt.filter(a -> a.equals(future)).isEmpty()) {
            ChannelFuture _ = future.channel().close();
            return;
        }
        attempt = Optional.empty();
        if (future.isSuccess()) {
            take(future.channel());
            neighbor.event(id, new Event.Opened());
        } else {
            neighbor.event(id, new Event.Lost("Cannot connect to "
                    + address.remote().getHostString() + " port " + address.remote().getPort()
                    + ": " + Reasons.of(future.cause()) + "."));
        }
    }

    void adopt(SocketChannel channel) {
        take(channel);
    }

    private void take(Channel channel) {
        Connection taken = new Connection(channel, this,
                neighbor.tap((InetSocketAddress) channel.localAddress(),
                        (InetSocketAddress) channel.remoteAddress()));
        connection = Optional.of(taken);
        channel.pipeline().addLast(taken.new Watch(), new MessageReader(taken));
        channel.config().setAutoRead(true);
    }

    Optional<ChannelFuture> send(Message message) {
        return connection.map(c -> c.send(message));
    }

    Optional<ChannelFuture> write(ByteBuf messages) {
        return connection.map(c -> c.write(messages));
    }

    boolean writable() {
        return connection.filter(Connection::writable).isPresent();
    }

    /** From here on messages look as agreed. Returns our end of the connection. */
    Address agree(Context context) {
        Connection current = connection.orElseThrow();
        current.context(context);
        return current.localAddress();
    }

    void disconnect() {
        connection.ifPresent(Connection::close);
        connection = Optional.empty();
        attempt.ifPresent(future -> {
            attempt = Optional.empty();
            ChannelFuture _ = future.channel().close();
        });
    }

    void abandon() {
        timers.disarmAll();
        disconnect();
    }

    private boolean current(Connection from) {
        return connection.isPresent() && connection.get().equals(from);
    }

    @Override
    public void message(Connection from, Decoded.Ok message) {
        if (current(from)) {
            neighbor.received(id, message);
        }
    }

    @Override
    public boolean update(Connection from, byte[] in, int start, int end) {
        return current(from) && neighbor.update(id, in, start, end);
    }

    @Override
    public void batch(Connection from) {
        if (current(from)) {
            neighbor.batch(id);
        }
    }

    @Override
    public void faulty(Connection from, ByteBuffer message) {
        if (current(from)) {
            neighbor.faulty(message);
        }
    }

    @Override
    public void broken(Connection from, WireError error) {
        if (current(from)) {
            neighbor.faulty(error);
            neighbor.event(id, new Event.Malformed(error));
        }
    }

    @Override
    public void lost(Connection from, String reason) {
        if (current(from)) {
            neighbor.event(id, new Event.Lost(reason));
        }
    }

    @Override
    public void blocked(Connection from) {
        if (current(from)) {
            neighbor.event(id, new Event.Blocked());
        }
    }

    @Override
    public void drained(Connection from) {
        if (current(from)) {
            neighbor.event(id, new Event.Drained());
        }
    }

    @Override
    public void writable(Connection from, boolean writable) {
        if (current(from)) {
            neighbor.writable(id, writable);
        }
    }
}
