package io.siteswap.bgp.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One event loop and the kind of sockets this machine offers: epoll, else NIO. */
public final class Transport implements AutoCloseable {

    /**
     * Of one connection between two looks at the others, so that a neighbour that floods us delays
     * the keepalives of another by no more than it takes to digest a mebibyte.
     */
    static final int READS_PER_TURN = 4;

    /** Above a mebibyte unsent the table is asked to wait, below a quarter to go on. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 * 1024,
            1024 * 1024);

    /** Connections the kernel has ready for us; more from strangers wait for their retry. */
    private static final int BACKLOG = 1024;

    private final boolean epoll = Epoll.isAvailable();
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;

    /** Names the thread after the speaker. */
    public Transport(String name) {
        IoHandlerFactory handlers = epoll
                ? EpollIoHandler.newFactory()
                : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("bgp-" + name, true),
                handlers);
        loop = group.next();
    }

    /** The thread on which everything of this speaker happens. */
    public EventLoop loop() {
        return loop;
    }

    /** Fails before the first packet when the neighbour's options cannot be had. */
    ChannelFuture connect(NeighborAddress neighbor, boolean external, Duration timeout,
            ChannelHandler handler) {
        Bootstrap bootstrap = new Bootstrap().group(loop)
                .channelFactory(() -> outgoing(neighbor, external))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_REUSEADDR, neighbor.tcp().sourcePort().isPresent())
                .option(ChannelOption.RECVBUF_ALLOCATOR, fairReads())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
                .handler(handler);
        return bootstrap.connect(neighbor.remote(), neighbor.source().orElse(null));
    }

    private Channel outgoing(NeighborAddress neighbor, boolean external) {
        if (epoll) {
            return Sockets.outgoing(neighbor, external);
        }
        refuseWithoutEpoll(neighbor);
        return new NioSocketChannel();
    }

    /** Puts the neighbour's options on a connection it opened; throws when they cannot be had. */
    void protect(Channel accepted, NeighborAddress neighbor, boolean external) {
        if (epoll) {
            Sockets.incoming(accepted, neighbor, external);
        } else {
            refuseWithoutEpoll(neighbor);
        }
    }

    private static void refuseWithoutEpoll(NeighborAddress neighbor) {
        Sockets.needsEpoll(neighbor).ifPresent(reason -> {
            throw new ChannelException(reason);
        });
    }

    private static RecvByteBufAllocator fairReads() {
        return new AdaptiveRecvByteBufAllocator(2048, 16 * 1024, MessageReader.CHUNK)
                .maxMessagesPerRead(READS_PER_TURN);
    }

    boolean epoll() {
        return epoll;
    }

    /**
     * Binds; {@code accepted} gets every connection, on the loop, before it reads. {@code stranger}
     * ends one by {@code true}, before anything is made for it. Nothing is accepted until the
     * channel reads: until then the kernel keeps who connects.
     */
    ChannelFuture listen(InetSocketAddress address, Predicate<InetAddress> stranger,
            Consumer<SocketChannel> accepted) {
        return new ServerBootstrap().group(loop, loop)
                .channelFactory(() -> epoll
                        ? new EpollServerSocketChannel(Sockets.family(address.getAddress()))
                        : new NioServerSocketChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new Doorkeeper(stranger))
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, fairReads())
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childOption(ChannelOption.TCP_NODELAY, true)
                // Nobody reads until a session has taken the connection, so no byte is lost.
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        // Later: at this point the channel is not yet active.
                        loop.execute(() -> accepted.accept(channel));
                    }
                }).bind(address);
    }

    /**
     * Binds a Unix socket; {@code accepted} gets every connection, on the loop, before it reads. A
     * client that has said all it wants to may shut its half down and still be answered.
     */
    public ChannelFuture listen(Path path, Consumer<Channel> accepted) {
        return new ServerBootstrap().group(loop, loop)
                .channelFactory(() -> epoll
                        ? new EpollServerDomainSocketChannel()
                        : new NioServerDomainSocketChannel())
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, localReads())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.accept(channel);
                    }
                }).bind(epoll
                        ? new DomainSocketAddress(path.toString())
                        : UnixDomainSocketAddress.of(path));
    }

    /** Requests are short, and neighbours share the loop. */
    private static RecvByteBufAllocator localReads() {
        return new AdaptiveRecvByteBufAllocator(512, 1024, 16 * 1024)
                .maxMessagesPerRead(READS_PER_TURN);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3,
                TimeUnit.SECONDS);
    }
}
