package io.siteswap.bgp.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.util.function.Predicate;

/** Closes what strangers open before it is registered, given a pipeline or logged in full. */
final class Doorkeeper extends ChannelInboundHandlerAdapter {

    private final Predicate<InetAddress> stranger;

    Doorkeeper(Predicate<InetAddress> stranger) {
        this.stranger = stranger;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        if (accepted instanceof SocketChannel channel && refused(channel)) {
            channel.unsafe().closeForcibly();
            return;
        }
        ctx.fireChannelRead(accepted);
    }

    private boolean refused(SocketChannel channel) {
        // Gone again already: nobody to ask.
        return channel.remoteAddress() == null
                || stranger.test(channel.remoteAddress().getAddress());
    }
}
