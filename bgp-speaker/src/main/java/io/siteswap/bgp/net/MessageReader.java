package io.siteswap.bgp.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.WireError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Bytes in, messages out; stops reading at the first fault that costs the session. */
final class MessageReader extends ByteToMessageDecoder {

    /** What comes out, on the event loop. */
    interface Sink {

        void message(Decoded.Ok message);

        void broken(WireError error);

        void lost(String reason);

        /** As agreed so far: it may change from one message to the next. */
        Context context();
    }

    private final Sink sink;
    private boolean broken;

    MessageReader(Sink sink) {
        this.sink = sink;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        ByteBuffer view = in.nioBuffer();
        Frame frame = Frame.next(view, sink.context());
        in.skipBytes(view.position());
        switch (frame) {
            case Frame.Incomplete _ -> {
                // more will come
            }
            case Frame.Complete complete -> decoded(
                    MessageDecoder.decode(complete, sink.context()));
            case Frame.Broken(WireError error) -> fail(error);
        }
    }

    private void decoded(Decoded decoded) {
        switch (decoded) {
            case Decoded.Ok ok -> sink.message(ok);
            case Decoded.Broken(WireError error) -> fail(error);
        }
    }

    private void fail(WireError error) {
        broken = true;
        sink.broken(error);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        super.channelInactive(ctx);
        sink.lost("the neighbour closed it");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            sink.lost(Reasons.of(cause));
            ChannelFuture _ = ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }
}
