package io.siteswap.bgp.app;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the local API; everything happens on the speaker's event loop. The next request is
 * looked at when the answer to the one before has left, so that answers keep their order and at
 * most one of them is kept for a client that does not read. A stance never leaves the loop but for
 * the disk; the other questions may take their time and are asked on a thread of their own.
 */
final class ApiConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ApiConnection.class);

    private static final byte[] END = {'\n'};

    private final Channel channel;
    private final SpeakerDaemon daemon;
    private final ApiLines lines = new ApiLines();
    /** A request is being answered. */
    private boolean busy;
    /** The client will say no more. */
    private boolean ended;
    private Optional<Watcher> watcher = Optional.empty();

    ApiConnection(Channel channel, SpeakerDaemon daemon) {
        this.channel = channel;
        this.daemon = daemon;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        ByteBuf in = (ByteBuf) read;
        try {
            // Nothing more is expected from a watcher.
            if (watcher.isEmpty() && !ended) {
                lines.add(in);
            }
        } finally {
            in.release();
        }
        next();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ended = true;
            // A watcher that hangs up is noticed even when nothing happens.
            watcher.ifPresent(_ -> close());
            next();
        }
        ctx.fireUserEventTriggered(event);
    }

    private void next() {
        if (!busy && channel.isActive()) {
            takeLine();
        }
        boolean enough = busy && lines.tooLong();
        if (channel.config().isAutoRead() == enough) {
            channel.config().setAutoRead(!enough);
        }
    }

    private void takeLine() {
        Optional<String> line = lines.next().or(() -> ended ? lines.last() : Optional.empty());
        if (line.isPresent()) {
            busy = true;
            serve(ApiRequest.parse(line.get()));
        } else if (lines.tooLong()) {
            busy = true;
            refuse();
        } else if (ended) {
            close();
        }
    }

    private void refuse() {
        ChannelFuture _ = channel.writeAndFlush(line(ApiReply.error(
                "A request has at most " + ApiLines.MAX_OCTETS + " octets: good-bye.")))
                .addListener(ChannelFutureListener.CLOSE);
    }

    private void serve(ApiRequest request) {
        switch (request) {
            case ApiRequest.SetStance stance -> take(stance);
            case ApiRequest.Watch _ -> watch();
            case ApiRequest.Wrong(String reason) -> answer(line(ApiReply.error(reason)));
            case ApiRequest.Leave _ -> {
                ChannelFuture _ = channel.writeAndFlush(line(ApiReply.leaving())).addListener(
                        // The answer comes first.
                        _ -> Thread.ofVirtual().name("bgp-leave").start(daemon::leave));
            }
            case ApiRequest.Question question -> apart(
                    () -> line(ApiReply.to(question, daemon)));
        }
    }

    private void take(ApiRequest.SetStance wanted) {
        CompletableFuture<StanceReply> _ = daemon.stance(wanted).whenComplete((reply, failed) -> {
            if (failed == null) {
                answer(line(ApiReply.stance(reply)));
            } else {
                failed(failed);
            }
        });
    }

    private void apart(Supplier<ByteBuf> question) {
        Thread.ofVirtual().name("bgp-api").start(() -> {
            try {
                ByteBuf answer = question.get();
                channel.eventLoop().execute(() -> answer(answer));
            } catch (RejectedExecutionException e) {
                LOG.debug("The speaker ended before its answer.");
            } catch (RuntimeException e) {
                failed(e);
            }
        });
    }

    private void failed(Throwable cause) {
        if (channel.isOpen()) {
            LOG.error("A request of the local API was not answered.", cause);
        }
        close();
    }

    private void answer(ByteBuf line) {
        ChannelFuture _ = channel.writeAndFlush(line).addListener(written -> {
            if (written.isSuccess()) {
                busy = false;
                // Later: a client with much to ask must not hold up the neighbours.
                channel.eventLoop().execute(this::next);
            } else {
                close();
            }
        });
    }

    private void watch() {
        ChannelFuture _ = channel.writeAndFlush(line(ApiReply.watching()));
        watcher = Optional.of(Watcher.start(channel, daemon));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        watcher.ifPresent(Watcher::close);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("A client of the speaker's socket is gone: {}", cause.toString());
        close();
    }

    private void close() {
        ChannelFuture _ = channel.close();
    }

    static ByteBuf line(Object json) {
        return Unpooled.wrappedBuffer(Json.MAPPER.writeValueAsBytes(json), END);
    }
}
