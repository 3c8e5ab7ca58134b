package io.siteswap.bgp.app;

import io.siteswap.bgp.mrt.MrtPeer;
import io.siteswap.bgp.mrt.MrtWriter;
import io.siteswap.bgp.rib.Rib;
import io.siteswap.bgp.rib.Source;
import io.siteswap.bgp.wire.Address;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dumps the table now and then, on a thread of its own that visits the loop once for each slice. A
 * file has its name when it is whole.
 */
final class MrtTables implements AutoCloseable {

    static final String KIND = "rib";

    private static final Logger LOG = LoggerFactory.getLogger(MrtTables.class);
    /** Prefixes looked at in one visit to the loop. */
    private static final int SLICE = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final MrtFiles files;
    private final Duration period;
    private final Address collector;
    private final Rib rib;
    private final Executor loop;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private MrtTables(MrtFiles files, Duration period, Address collector, Rib rib,
            Executor loop) {
        this.files = files;
        this.period = period;
        this.collector = collector;
        this.rib = rib;
        this.loop = loop;
        this.thread = Thread.ofPlatform().name("mrt-tables").daemon().unstarted(this::run);
    }

    /**
     * @param collector our BGP identifier
     * @param loop whose the RIB is
     */
    static MrtTables start(MrtFiles files, Duration period, Address collector, Rib rib,
            Executor loop) {
        MrtTables tables = new MrtTables(files, period, collector, rib, loop);
        tables.thread.start();
        return tables;
    }

    private void run() {
        try {
            while (!closed.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
                dump(Instant.now());
            }
        } catch (InterruptedException e) {
            LOG.debug("No more tables are dumped.");
        } catch (CompletionException e) {
            LOG.warn("No more tables are dumped: {}", e.toString());
        }
    }

    private void dump(Instant now) {
        Path file = files.named(KIND, now);
        Path part = file.resolveSibling(KIND + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part),
                    1 << 16)) {
                write(out, now);
            }
            if (!isClosed()) {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                files.prune(KIND);
            }
        } catch (IOException e) {
            LOG.error("The table could not be dumped: {}.", e.toString());
        }
    }

    private void write(OutputStream out, Instant now) throws IOException {
        List<Source> sources = CompletableFuture.supplyAsync(rib::sources, loop).join();
        Map<String, Integer> indexes = new HashMap<>();
        for (int i = 0; i < Math.min(sources.size(), MrtWriter.MAX_PEERS); i++) {
            indexes.put(sources.get(i).peer(), i);
        }
        List<MrtPeer> peers = sources.stream().limit(MrtWriter.MAX_PEERS)
                .map(s -> new MrtPeer(s.peerId(), s.address(), s.as())).toList();
        new MrtWriter(out).table(now, collector, "", peers,
                new MrtRows(now, indexes, this::page));
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Nothing more when nobody wants it any more. */
    private Rib.Page page(MrtRows.Place place) {
        return isClosed()
                ? new Rib.Page(List.of(), Optional.empty())
                : CompletableFuture.supplyAsync(
                        () -> rib.page(place.family(), place.at(), SLICE, _ -> true), loop)
                        .join();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            boolean _ = thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
