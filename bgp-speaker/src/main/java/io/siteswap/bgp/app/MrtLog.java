package io.siteswap.bgp.app;

import io.siteswap.bgp.mrt.MrtWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The updates file: a queue with a bound, and a thread that writes it out. What does not fit is
 * dropped and counted; nobody waits for a disk. Whole records reach the file whenever the queue is
 * empty, so that a crash costs the last ones and at most cuts one short.
 */
final class MrtLog implements AutoCloseable {

    static final String KIND = "updates";

    private static final Logger LOG = LoggerFactory.getLogger(MrtLog.class);
    /** A full table comes in about 60 MB of messages. */
    private static final long MAX_WAITING = 128 << 20;
    /** What an item takes beside its message, about. */
    private static final int OVERHEAD = 128;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Between attempts to open a file. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final MrtFiles files;
    private final Duration rotateEvery;
    private final long maxWaiting;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;

    // The thread's.
    private Optional<OutputStream> out = Optional.empty();
    private Instant until = Instant.MIN;

    /** @param item absent: the last one */
    private record Entry(Instant at, int octets, Optional<MrtFeed.Item> item) {
    }

    MrtLog(MrtFiles files, Duration rotateEvery, long maxWaiting) {
        this.files = files;
        this.rotateEvery = rotateEvery;
        this.maxWaiting = maxWaiting;
        this.thread = Thread.ofPlatform().name("mrt").daemon().unstarted(this::run);
    }

    static MrtLog start(MrtFiles files, Duration rotateEvery) {
        MrtLog log = new MrtLog(files, rotateEvery, MAX_WAITING);
        log.begin();
        return log;
    }

    void begin() {
        thread.start();
    }

    /** Never waits. */
    void offer(Instant at, int octets, MrtFeed.Item item) {
        if (waiting.get() + octets > maxWaiting) {
            dropped.incrementAndGet();
            return;
        }
        waiting.addAndGet(octets + OVERHEAD);
        queue.add(new Entry(at, octets + OVERHEAD, Optional.of(item)));
    }

    /** Not written, and not yet said so. */
    long dropped() {
        return dropped.get();
    }

    private void run() {
        try {
            for (Entry entry = queue.take(); entry.item.isPresent(); entry = queue.take()) {
                waiting.addAndGet(-entry.octets);
                write(entry.at, entry.item.get());
                long lost = dropped.getAndSet(0);
                if (lost > 0) {
                    LOG.warn("{} MRT records were dropped: {} does not take them fast enough.",
                            lost, files.folder());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The MRT writer is asked to end.");
        }
        close(out);
    }

    private void write(Instant at, MrtFeed.Item item) {
        try {
            rotate(at);
            if (out.isPresent()) {
                item.write(new MrtWriter(out.get()));
                if (queue.isEmpty()) {
                    out.get().flush();
                }
            } else {
                dropped.incrementAndGet();
            }
        } catch (IOException e) {
            LOG.error("MRT records are lost: {}. The next attempt is in {} s.", e.toString(),
                    RETRY.toSeconds());
            close(out);
            out = Optional.empty();
            until = at.plus(RETRY);
        }
    }

    private void rotate(Instant at) throws IOException {
        if (at.isBefore(until)) {
            return;
        }
        close(out);
        out = Optional.empty();
        long period = rotateEvery.toMillis();
        until = Instant.ofEpochMilli((at.toEpochMilli() / period + 1) * period);
        Path file = files.named(KIND, at);
        out = Optional.of(new BufferedOutputStream(Files.newOutputStream(file,
                StandardOpenOption.CREATE, StandardOpenOption.APPEND), 1 << 16));
        files.prune(KIND);
    }

    private static void close(Optional<OutputStream> stream) {
        try {
            if (stream.isPresent()) {
                stream.get().close();
            }
        } catch (IOException e) {
            LOG.warn("An MRT file may lack its end: {}", e.toString());
        }
    }

    /** Writes what waits, for a while. */
    @Override
    public void close() {
        queue.add(new Entry(Instant.now(), 0, Optional.empty()));
        try {
            if (thread.isAlive() && !thread.join(PATIENCE)) {
                LOG.warn("{} MRT records could not be written any more.", queue.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
