package io.siteswap.bgp.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One event loop and the kind of sockets this machine offers: epoll, else NIO. */
public final class Transport implements AutoCloseable {

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

    ChannelFuture connect(InetSocketAddress remote, Optional<InetSocketAddress> local,
            Duration timeout, ChannelHandler handler) {
        Class<? extends Channel> kind = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        Bootstrap bootstrap = new Bootstrap().group(loop).channel(kind)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
                .handler(handler);
        return bootstrap.connect(remote, local.orElse(null));
    }

    /** Binds; {@code accepted} gets every connection, on the loop, before it reads. */
    ChannelFuture listen(InetSocketAddress address, Consumer<SocketChannel> accepted) {
        Class<? extends ServerChannel> kind = epoll
                ? EpollServerSocketChannel.class
                : NioServerSocketChannel.class;
        return new ServerBootstrap().group(loop, loop).channel(kind)
                .option(ChannelOption.SO_REUSEADDR, true)
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

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3,
                TimeUnit.SECONDS);
    }
}
