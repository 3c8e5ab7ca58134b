package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sites and a network that hears both, over real TCP on loopback. */
class SpeakerPairTest {

    private static final String DC1 = "127.41.1.1";
    private static final String DC2 = "127.41.2.1";
    private static final String NET = "127.41.9.1";

    @TempDir
    Path dir;

    private SpeakerConfig dc(String name, String address, int netPort) {
        return Configs.site(dir, name, address, Optional.empty(),
                Configs.neighbor("net", NET, netPort, 64510, false, address));
    }

    private SpeakerConfig net(int port) {
        return Configs.receiver(dir, "net", NET, port,
                Configs.neighbor("dc1", DC1, 1, 64500, true, NET),
                Configs.neighbor("dc2", DC2, 1, 64500, true, NET));
    }

    private static void awaitBest(SpeakerDaemon net, String peer) {
        Await.until("best path through " + peer, () -> net.best(Configs.PREFIX)
                .filter(route -> route.peer().equals(peer)).isPresent());
    }

    @Test
    void theShorterPathWinsAndAStanceMovesIt() throws Exception {
        int port = Ports.free(NET);
        try (SpeakerDaemon net = SpeakerDaemon.start(net(port));
                SpeakerDaemon dc1 = SpeakerDaemon.start(dc("dc1", DC1, port));
                SpeakerDaemon dc2 = SpeakerDaemon.start(dc("dc2", DC2, port))) {
            SpeakerClient one = new SpeakerClient(dir.resolve("dc1.sock"));
            assertInstanceOf(StanceReply.Accepted.class,
                    one.setStance("shop", 1, Configs.PREFIX, "best"));
            RouteView best = Await.value("path without prepends", () -> net
                    .best(Configs.PREFIX).filter(r -> r.asPath().equals(List.of(64500L))));
            assertEquals("dc1", best.peer());
            assertEquals(DC1, best.nextHop());
            Await.until("both routes", () -> net.routes().size() == 2);
            assertEquals("longer AS path", net.routes().get(1).reason());

            assertInstanceOf(StanceReply.Accepted.class,
                    dc2.setStance("shop", 2, Configs.PREFIX, "best"));
            assertInstanceOf(StanceReply.Accepted.class,
                    dc1.setStance("shop", 2, Configs.PREFIX, "backup"));
            awaitBest(net, "dc2");

            dc2.shutdown();
            awaitBest(net, "dc1");
            assertEquals(Collections.nCopies(5, 64500L),
                    net.best(Configs.PREFIX).orElseThrow().asPath());
        }
    }

    @Test
    void aRestartedSpeakerAnnouncesTheStanceOnDiskAndRefusesOlderEpochs() throws Exception {
        int port = Ports.free(NET);
        List<SpeakerEvent> seen = new CopyOnWriteArrayList<>();
        try (SpeakerDaemon net = SpeakerDaemon.start(net(port))) {
            try (SpeakerDaemon first = SpeakerDaemon.start(dc("dc1", DC1, port))) {
                first.setStance("shop", 7, Configs.PREFIX, "backup");
                awaitBest(net, "dc1");
            }
            Await.until("route gone", () -> net.best(Configs.PREFIX).isEmpty());
            AutoCloseable listening = net.listen(seen::add);
            try (SpeakerDaemon second = SpeakerDaemon.start(dc("dc1", DC1, port))) {
                awaitBest(net, "dc1");
                SpeakerClient client = new SpeakerClient(dir.resolve("dc1.sock"));
                assertEquals(new StanceReply.Refused(
                        "Epoch 6 of service 'shop' is over: 7 was accepted."),
                        client.setStance("shop", 6, Configs.PREFIX, "best"));
                Await.until("written", () -> client.stances().getFirst().written()
                        .getOrDefault("net", false));
                assertEquals(7, second.stances().getFirst().epoch());
            }
            listening.close();
            SpeakerEvent.Best first = seen.stream()
                    .filter(SpeakerEvent.Best.class::isInstance)
                    .map(SpeakerEvent.Best.class::cast).findFirst().orElseThrow();
            assertEquals(5, first.route().orElseThrow().asPath().size(),
                    "never the initial rung first");
        }
    }

    @Test
    void aCorruptedStateFileMeansTheInitialRung() throws Exception {
        Files.writeString(dir.resolve("dc1.stances"), "{\"version\":1,\"epochs\":{\"shop\":");
        try (SpeakerDaemon dc1 = SpeakerDaemon.start(dc("dc1", DC1, Ports.free(NET)))) {
            assertEquals("normal", dc1.stances().getFirst().rung());
            assertInstanceOf(StanceReply.Accepted.class,
                    dc1.setStance("shop", 1, Configs.PREFIX, "drain"));
        }
        try (SpeakerDaemon dc1 = SpeakerDaemon.start(dc("dc1", DC1, Ports.free(NET)))) {
            assertEquals("drain", dc1.stances().getFirst().rung());
        }
    }

    /** A fence may come before the first ticket, under epoch 0. */
    @Test
    void aStanceUnderEpochZeroIsKeptToo() throws Exception {
        try (SpeakerDaemon _ = SpeakerDaemon.start(dc("dc1", DC1, Ports.free(NET)))) {
            assertInstanceOf(StanceReply.Accepted.class,
                    new SpeakerClient(dir.resolve("dc1.sock")).setStance("shop", 0,
                            Configs.PREFIX, "backup"));
        }
        try (SpeakerDaemon dc1 = SpeakerDaemon.start(dc("dc1", DC1, Ports.free(NET)))) {
            assertEquals("backup", dc1.stances().getFirst().rung());
        }
    }

    @Test
    void theSocketIsForItsOwnerAndACrashedRunsOneIsReplaced() throws Exception {
        Path socket = dir.resolve("dc1.sock");
        try (ServerSocketChannel crashed = ServerSocketChannel
                .open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(socket));
        }
        assertTrue(Files.exists(socket), "closing leaves the file behind");
        try (SpeakerDaemon running = SpeakerDaemon.start(dc("dc1", DC1, Ports.free(NET)))) {
            assertEquals("rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
            running.setStance("shop", 1, Configs.PREFIX, "backup");
            String saved = Files.readString(dir.resolve("dc1.stances"));
            FileTime savedAt = Files.getLastModifiedTime(dir.resolve("dc1.stances"));
            IOException refused = assertThrows(IOException.class,
                    () -> SpeakerDaemon.start(dc("dc1", DC1, Ports.free(NET))));
            assertEquals("Another speaker answers on " + socket
                    + ": stop it first, or set another socket path.", refused.getMessage());
            assertEquals(1, new SpeakerClient(socket).neighbors().size(), "still answers");
            assertEquals(saved, Files.readString(dir.resolve("dc1.stances")));
            assertEquals(savedAt, Files.getLastModifiedTime(dir.resolve("dc1.stances")),
                    "its state was not touched");
        }
    }

    /** Both sides dial and listen: whatever collides, one session is left each time. */
    @Test
    void whenBothSidesConnectOneSessionRemains() throws Exception {
        for (int round = 0; round < 10; round++) {
            int netPort = Ports.free(NET);
            int dcPort = Ports.free(DC1);
            SpeakerConfig dc = Configs.site(dir, "dc1", DC1, Optional.of(dcPort),
                    Configs.neighbor("net", NET, netPort, 64510, false, DC1));
            SpeakerConfig net = Configs.receiver(dir, "net", NET, netPort,
                    Configs.neighbor("dc1", DC1, dcPort, 64500, false, NET));
            try (SpeakerDaemon one = SpeakerDaemon.start(dc);
                    SpeakerDaemon two = SpeakerDaemon.start(net)) {
                awaitBest(two, "dc1");
                Await.until("both agree", () -> one.neighbors().getFirst().state()
                        .equals("Established")
                        && two.neighbors().getFirst().state().equals("Established"));
                assertEquals(1, two.routes().size());
            }
        }
    }

    @Test
    void aTakenPortIsOneSentence() throws Exception {
        int port = Ports.free(NET);
        try (SpeakerDaemon net = SpeakerDaemon.start(net(port))) {
            Path other = Files.createDirectory(dir.resolve("other"));
            SpeakerConfig same = Configs.receiver(other, "net", NET, port);
            IOException refused = assertThrows(IOException.class,
                    () -> SpeakerDaemon.start(same));
            assertTrue(String.valueOf(refused.getMessage())
                    .startsWith("Cannot listen for BGP on " + NET + " port " + port + ": "),
                    refused.getMessage());
            assertEquals(port, net.port().orElseThrow());
        }
    }

    @Test
    void aWatcherSeesSessionsStancesAndBestPaths() throws Exception {
        int port = Ports.free(NET);
        List<SpeakerEvent> atNet = new CopyOnWriteArrayList<>();
        List<SpeakerEvent> atDc1 = new CopyOnWriteArrayList<>();
        try (SpeakerDaemon _ = SpeakerDaemon.start(net(port));
                SpeakerDaemon dc1 = SpeakerDaemon.start(dc("dc1", DC1, port));
                AutoCloseable _ = new SpeakerClient(dir.resolve("net.sock")).watch(atNet::add,
                        _ -> {
                        });
                AutoCloseable _ = new SpeakerClient(dir.resolve("dc1.sock")).watch(atDc1::add,
                        _ -> {
                        })) {
            Await.until("up", () -> dc1.neighbors().getFirst().state().equals("Established"));
            dc1.setStance("shop", 3, Configs.PREFIX, "drain");
            Await.until("written", () -> atDc1.contains(
                    new SpeakerEvent.Written(Configs.PREFIX, "net", "drain", 3)));
            assertTrue(atDc1.contains(
                    new SpeakerEvent.Stance(Configs.PREFIX, "shop", "drain", 3)));
            Await.until("drained", () -> atNet.stream().anyMatch(
                    event -> event instanceof SpeakerEvent.Best best && best.route().filter(
                            r -> r.communities().equals(List.of("65535:0"))).isPresent()));
            dc1.setStance("shop", 4, Configs.PREFIX, "withdrawn");
            Await.until("withdrawn", () -> atNet
                    .contains(new SpeakerEvent.Best(Configs.PREFIX, Optional.empty())));
        }
    }
}
