package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.decode.BgpDecode;
import io.siteswap.bgp.decode.DecodeOptions;
import io.siteswap.bgp.mrt.MrtItem;
import io.siteswap.bgp.mrt.MrtPeer;
import io.siteswap.bgp.mrt.MrtReader;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running speaker records, read back. */
class MrtFeedTest {

    private static final String US = "127.45.4.1";
    private static final String PEER = "127.45.4.9";
    private static final String ROUTE = "198.51.100.0/24";

    @TempDir
    Path dir;

    private Path folder() {
        return dir.resolve("mrt");
    }

    private MrtFiles files() {
        return new MrtFiles(folder(), 48);
    }

    private static List<MrtItem> read(Path file) throws IOException {
        List<MrtItem> items = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            MrtReader reader = new MrtReader(in);
            for (Optional<MrtItem> item = reader.next(); item.isPresent(); item = reader.next()) {
                items.add(item.get());
            }
        }
        return items;
    }

    @Test
    void messagesInBothDirectionsChangesOfStateAndTheTable() throws Exception {
        Update route = new Update(List.of(), Attributes.of(new Origin(Origin.Source.IGP),
                AsPath.of(List.of(64510L)), new NextHop(Address.parse(PEER))),
                List.of(Prefix.parse(ROUTE)));
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName(PEER));
                SpeakerDaemon speaker = SpeakerDaemon.start(Configs
                        .site(dir, "dc1", US, Optional.empty(),
                                Configs.neighbor("raw", PEER, listener.getLocalPort(), 64510,
                                        false, US))
                        .with(SpeakerOptions.DEFAULTS
                                .withMrt(SpeakerOptions.Mrt.of(folder())
                                        .withTableEvery(Duration.ofMillis(200)))));
                RawPeer peer = new RawPeer(listener).establish()) {
            peer.send(route);
            Await.until("the route", () -> speaker.best(ROUTE).isPresent());
            MrtItem.Route dumped = Await.value("a table with the route", () -> read(
                    files().all(MrtTables.KIND).getLast()).stream()
                    .filter(MrtItem.Route.class::isInstance)
                    .map(MrtItem.Route.class::cast).findFirst());
            assertEquals(Prefix.parse(ROUTE), dumped.prefix());
            assertEquals(route.attributes(), dumped.entry().attributes());
            assertEquals(Optional.of(new MrtPeer(Address.parse("198.18.9.9"),
                    Address.parse(PEER), 64510)), dumped.entry().peer());
            speaker.shutdown();
        }
        Path updates = files().all(MrtLog.KIND).getFirst();
        List<MrtItem> items = read(updates);
        assertTrue(items.stream().noneMatch(MrtItem.Bad.class::isInstance));
        assertTrue(updates(items, true).getFirst().announced()
                .contains(Prefix.parse(Configs.PREFIX)));
        assertEquals(route, updates(items, false).getFirst());
        List<Integer> states = items.stream().filter(MrtItem.StateChange.class::isInstance)
                .map(item -> ((MrtItem.StateChange) item).to()).toList();
        assertTrue(states.containsAll(List.of(4, 5, 6)), states::toString);
        assertEquals(1, states.getLast());
        try (InputStream in = Files.newInputStream(updates)) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            assertEquals(0, BgpDecode.run(in, said, DecodeOptions.DEFAULTS).faulty());
            assertTrue(said.toString(StandardCharsets.UTF_8).contains(ROUTE), said::toString);
        }
    }

    private static List<Update> updates(List<MrtItem> items, boolean sent) {
        List<Update> updates = new ArrayList<>();
        for (MrtItem item : items) {
            if (item instanceof MrtItem.Message message && message.sent() == sent
                    && Frame.next(message.message(),
                            message.context()) instanceof Frame.Complete frame
                    && MessageDecoder.decode(frame,
                            message.context()) instanceof Decoded.Ok(Update update, var _)) {
                updates.add(update);
            }
        }
        return updates;
    }

    /** The loop goes on while the disk hangs, and what was lost is no secret. */
    @Test
    void whatDoesNotFitIsDropped() throws Exception {
        Files.createDirectories(folder());
        CountDownLatch disk = new CountDownLatch(1);
        List<Integer> written = new ArrayList<>();
        try (MrtLog log = new MrtLog(files(), Duration.ofMinutes(15), 10_000)) {
            log.begin();
            for (int i = 0; i < 100; i++) {
                int number = i;
                log.offer(Instant.now(), 1000, _ -> {
                    awaitQuietly(disk);
                    written.add(number);
                });
            }
            assertTrue(log.dropped() > 80, () -> log.dropped() + " dropped");
            disk.countDown();
        }
        assertTrue(written.size() > 5 && written.size() < 20, written::toString);
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void theOldestFilesGoAndOthersStay() throws IOException {
        MrtFiles files = MrtFiles.open(folder(), 2);
        Path foreign = Files.createFile(folder().resolve("updates.txt"));
        for (int minute = 0; minute < 4; minute++) {
            Files.createFile(files.named("updates",
                    Instant.parse("2026-11-21T16:0" + minute + ":00Z")));
        }
        files.prune("updates");
        assertEquals(List.of("updates.20261121.160200.mrt", "updates.20261121.160300.mrt"),
                files.all("updates").stream().map(f -> f.getFileName().toString()).toList());
        assertTrue(Files.exists(foreign));
    }
}
