package io.siteswap.bgp.app;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events on their way to a client of {@code watch}: the loop leaves them here, a thread writes. */
final class Watcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

    /** A watcher that is further behind is cut off rather than kept in memory. */
    private static final int MAX_BACKLOG = 10_000;
    /** Written together. */
    private static final int MAX_TOGETHER = 100;

    private final Channel channel;
    private final BlockingQueue<SpeakerEvent> backlog = new ArrayBlockingQueue<>(MAX_BACKLOG);
    private final AutoCloseable subscription;
    private final Thread writer;

    private Watcher(Channel channel, SpeakerDaemon daemon) {
        this.channel = channel;
        this.subscription = daemon.listen(this::event);
        this.writer = Thread.ofVirtual().name("bgp-watcher").unstarted(this::write);
    }

    /** On the loop, so that no event comes before or is missed. */
    static Watcher start(Channel channel, SpeakerDaemon daemon) {
        Watcher watcher = new Watcher(channel, daemon);
        watcher.writer.start();
        return watcher;
    }

    private void event(SpeakerEvent event) {
        if (!backlog.offer(event)) {
            ChannelFuture _ = channel.close();
        }
    }

    private void write() {
        try {
            List<SpeakerEvent> events = new ArrayList<>();
            while (channel.isOpen()) {
                events.add(backlog.take());
                backlog.drainTo(events, MAX_TOGETHER - 1);
                ByteBuf lines = Unpooled.wrappedBuffer(events.size(),
                        events.stream().map(e -> ApiConnection.line(ApiReply.event(e)))
                                .toArray(ByteBuf[]::new));
                events.clear();
                // As long as it takes: what the client does not read waits in the backlog.
                ChannelFuture _ = channel.writeAndFlush(lines).await();
            }
        } catch (InterruptedException e) {
            LOG.debug("A watcher left.");
        }
    }

    @Override
    public void close() {
        writer.interrupt();
        try {
            subscription.close();
        } catch (Exception e) {
            LOG.debug("A watcher's subscription: {}", e.toString());
        }
    }
}
