package io.siteswap.bgp.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.MessageEncoder;
import io.siteswap.bgp.wire.WireError;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One TCP connection; its owner may change once, from nobody to a lane. */
final class Connection implements MessageReader.Sink {

    /** Who hears of it. */
    interface Owner {

        void message(Connection from, Decoded.Ok message);

        boolean update(Connection from, byte[] in, int start, int end);

        void batch(Connection from);

        void faulty(Connection from, ByteBuffer message);

        void broken(Connection from, WireError error);

        void lost(Connection from, String reason);

        /** Bytes wait, from now or since the last of them left. */
        void blocked(Connection from);

        /** Nothing waits any more. */
        void drained(Connection from);

        void writable(Connection from, boolean writable);
    }

    private final Channel channel;
    private final Owner owner;
    private final Optional<WireTap> tap;
    private Context context = Context.INITIAL;
    /** Messages that the kernel has not taken yet. */
    private int waiting;

    Connection(Channel channel, Owner owner, Optional<WireTap> tap) {
        this.channel = channel;
        this.owner = owner;
        this.tap = tap;
    }

    void context(Context agreed) {
        context = agreed;
        tap.ifPresent(t -> t.agreed(agreed));
    }

    Address localAddress() {
        return Address.of(((InetSocketAddress) channel.localAddress()).getAddress());
    }

    ChannelFuture send(Message message) {
        ByteBuffer encoded = MessageEncoder.encode(message, context);
        tap.ifPresent(t -> t.sent(context, encoded.duplicate()));
        ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(encoded));
        watch(written);
        return written;
    }

    private void watch(ChannelFuture written) {
        if (written.isDone()) {
            return;
        }
        if (waiting++ == 0) {
            owner.blocked(this);
        }
        ChannelFuture _ = written.addListener(_ -> {
            waiting--;
            if (written.isSuccess()) {
                if (waiting == 0) {
                    owner.drained(this);
                } else {
                    owner.blocked(this);
                }
            }
        });
    }

    /** Whole messages, encoded as agreed. */
    ChannelFuture write(ByteBuf messages) {
        tap.ifPresent(t -> t.sent(context, messages.nioBuffer()));
        ChannelFuture written = channel.writeAndFlush(messages);
        watch(written);
        return written;
    }

    boolean writable() {
        return channel.isWritable();
    }

    /** After what was sent before, as far as the kernel took it. */
    void close() {
        if (waiting > 0) {
            // It does not read: the kernel shall not keep our bytes for it.
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        ChannelFuture _ = channel.close();
    }

    /** Tells the owner when the bytes that wait are too many, and when few again. */
    final class Watch extends ChannelInboundHandlerAdapter {

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            owner.writable(Connection.this, ctx.channel().isWritable());
            ctx.fireChannelWritabilityChanged();
        }
    }

    @Override
    public void whole(byte[] in, int from, int to) {
        if (tap.isPresent()) {
            tap.get().received(context, in, from, to);
        }
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
    public void faulty(ByteBuffer message) {
        owner.faulty(this, message);
    }

    @Override
    public void broken(WireError error) {
        owner.broken(this, error);
    }

    @Override
    public void lost(String reason) {
        tap.ifPresent(WireTap::lost);
        owner.lost(this, reason);
    }

    @Override
    public Context context() {
        return context;
    }
}
