package io.siteswap.bgp.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.MessageEncoder;
import io.siteswap.bgp.wire.WireError;
import java.net.InetSocketAddress;

/** One TCP connection; its owner may change once, from nobody to a lane. */
final class Connection implements MessageReader.Sink {

    /** Who hears of it. */
    interface Owner {

        void message(Connection from, Decoded.Ok message);

        boolean update(Connection from, byte[] in, int start, int end);

        void batch(Connection from);

        void broken(Connection from, WireError error);

        void lost(Connection from, String reason);
    }

    private final Channel channel;
    private final Owner owner;
    private Context context = Context.INITIAL;

    Connection(Channel channel, Owner owner) {
        this.channel = channel;
        this.owner = owner;
    }

    void context(Context agreed) {
        context = agreed;
    }

    Address localAddress() {
        return Address.of(((InetSocketAddress) channel.localAddress()).getAddress());
    }

    ChannelFuture send(Message message) {
        return channel.writeAndFlush(
                Unpooled.wrappedBuffer(MessageEncoder.encode(message, context)));
    }

    /** Whole messages, encoded as agreed. */
    ChannelFuture write(ByteBuf messages) {
        return channel.writeAndFlush(messages);
    }

    boolean writable() {
        return channel.isWritable();
    }

    /** After what was sent before. */
    void close() {
        ChannelFuture _ = channel.close();
    }

    @Override
    public void message(Decoded.Ok message) {
        owner.message(this, message);
    }

    @Override
    public boolean update(byte[] in, int from, int to) {
        return owner.update(this, in, from, to);
    }

    @Override
    public void batch() {
        owner.batch(this);
    }

    @Override
    public void broken(WireError error) {
        owner.broken(this, error);
    }

    @Override
    public void lost(String reason) {
        owner.lost(this, reason);
    }

    @Override
    public Context context() {
        return context;
    }
}
