package io.siteswap.bgp.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes in, messages out; stops reading at the first fault that costs the session.
 *
 * <p>
 * What was read at once is cut on one array that all connections of the loop share; only an
 * unfinished message is kept by its connection. The body of an UPDATE is offered as it stands
 * there before anybody makes an object of it.
 */
final class MessageReader extends ChannelInboundHandlerAdapter {

    /** What comes out, on the event loop. */
    interface Sink {

        /** Every message as it came, whatever becomes of it. */
        void whole(byte[] in, int from, int to);

        void message(Decoded.Ok message);

        /**
         * The body of an UPDATE, valid during the call. False: decode it, it was not taken.
         */
        boolean update(byte[] in, int from, int to);

        /** Everything that was read at once was handed over. */
        void batch();

        /** The bytes of the message with the faults that are told next; valid during the call. */
        void faulty(ByteBuffer message);

        void broken(WireError error);

        void lost(String reason);

        /** As agreed so far: it may change from one message to the next. */
        Context context();
    }

    /** So much is read at once; an unfinished message before it comes on top. */
    static final int CHUNK = 1 << 18;

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] MARKER = new byte[16];

    static {
        Arrays.fill(MARKER, (byte) -1);
    }

    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[CHUNK + Frame.MAX_EXTENDED];
        }
    };

    private final Sink sink;
    private byte[] unfinished = NOTHING;
    private boolean broken;

    MessageReader(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            ByteBuf read = (ByteBuf) message;
            while (read.isReadable() && !broken) {
                cut(read);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void cut(ByteBuf read) {
        byte[] in = SCRATCH.get();
        int carried = unfinished.length;
        System.arraycopy(unfinished, 0, in, 0, carried);
        int fresh = Math.min(read.readableBytes(), in.length - carried);
        read.readBytes(in, carried, fresh);
        int end = carried + fresh;
        int at = messages(in, end);
        unfinished = at == end || broken ? NOTHING : Arrays.copyOfRange(in, at, end);
        sink.batch();
    }

    /** Hands over the whole messages; returns where the unfinished one begins. */
    private int messages(byte[] in, int end) {
        int at = 0;
        while (!broken && end - at >= Frame.HEADER) {
            int length = ((in[at + 16] & 0xFF) << 8) | (in[at + 17] & 0xFF);
            boolean update = in[at + 18] == Update.TYPE && length >= Frame.MIN_UPDATE
                    && length <= end - at && length <= sink.context().maxLength(Update.TYPE)
                    && Arrays.equals(in, at, at + 16, MARKER, 0, 16);
            if (update && sink.update(in, at + Frame.HEADER, at + length)) {
                sink.whole(in, at, at + length);
                at += length;
                continue;
            }
            int next = message(in, at, end);
            if (next == at) {
                return at;
            }
            at = next;
        }
        return at;
    }

    /** Where the following message begins; the same place if this one is not whole. */
    private int message(byte[] in, int at, int end) {
        ByteBuffer view = ByteBuffer.wrap(in, at, end - at);
        switch (Frame.next(view, sink.context())) {
            case Frame.Incomplete _ -> {
                // more will come
            }
            case Frame.Complete complete -> {
                sink.whole(in, at, view.position());
                decoded(MessageDecoder.decode(complete, sink.context()),
                        ByteBuffer.wrap(in, at, view.position() - at));
            }
            case Frame.Broken(WireError error) -> {
                sink.faulty(ByteBuffer.wrap(in, at, end - at));
                fail(error);
            }
        }
        return view.position();
    }

    private void decoded(Decoded decoded, ByteBuffer bytes) {
        switch (decoded) {
            case Decoded.Ok ok -> {
                if (!ok.tolerated().isEmpty()) {
                    sink.faulty(bytes);
                }
                sink.message(ok);
            }
            case Decoded.Broken(WireError error) -> {
                sink.faulty(bytes);
                fail(error);
            }
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
