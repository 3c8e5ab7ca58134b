package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.bmp.BmpOptions;
import io.siteswap.bgp.bmp.View;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector hears of a running speaker. */
class BmpFeedTest {

    private static final String US = "127.45.3.1";
    private static final String PEER = "127.45.3.9";
    private static final String COLLECTOR = "127.45.3.41";
    private static final Context AGREED = new Context(true, true);

    @TempDir
    Path dir;

    /** The BGP messages in a BMP message, after one line that says what it is. */
    private record Heard(String what, List<Message> messages) {
    }

    private static ServerSocket listen(String address) throws IOException {
        ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName(address));
        listener.setSoTimeout(20_000);
        return listener;
    }

    private SpeakerDaemon speaker(ServerSocket peer, ServerSocket collector) throws IOException {
        return speaker(peer, collector, Duration.ofSeconds(60));
    }

    private SpeakerDaemon speaker(ServerSocket peer, ServerSocket collector, Duration statistics)
            throws IOException {
        BmpOptions bmp = BmpOptions
                .of("dc1", List.of(
                        new BmpOptions.Collector(COLLECTOR, collector.getLocalPort())))
                .withViews(Set.of(View.ADJ_IN_PRE, View.ADJ_OUT_POST))
                .withPauses(Duration.ofMillis(20), Duration.ofMillis(50))
                .withStatistics(statistics);
        return SpeakerDaemon.start(Configs.site(dir, "dc1", US, Optional.empty(), Configs
                .neighbor("raw", PEER, peer.getLocalPort(), 64510, false, US))
                .with(SpeakerOptions.DEFAULTS.withBmp(bmp)));
    }

    private static Update route(String prefix) {
        return new Update(List.of(), Attributes.of(new Origin(Origin.Source.IGP),
                AsPath.of(List.of(64510L)), new NextHop(Address.parse(PEER))),
                List.of(Prefix.parse(prefix)));
    }

    private static Heard next(Socket collector) throws IOException {
        DataInputStream in = new DataInputStream(collector.getInputStream());
        byte[] header = new byte[6];
        in.readFully(header);
        byte[] rest = new byte[ByteBuffer.wrap(header).getInt(1) - 6];
        in.readFully(rest);
        ByteBuffer body = ByteBuffer.wrap(rest);
        return switch (header[5]) {
            case 1 -> new Heard("stats " + stats(body.position(42)), List.of());
            case 0 -> new Heard((rest[1] & 0x10) != 0 ? "out" : "in",
                    messages(body.position(42)));
            case 2 -> new Heard("down " + rest[42], messages(body.position(43)));
            case 3 -> new Heard("up", messages(body.position(62)));
            case 4 -> new Heard("initiation", List.of());
            case 5 -> new Heard("termination", List.of());
            default -> throw new AssertionError("BMP message of type " + header[5]);
        };
    }

    /** Type and value of each. */
    private static Map<Integer, Long> stats(ByteBuffer in) {
        Map<Integer, Long> stats = new TreeMap<>();
        for (int left = in.getInt(); left > 0; left--) {
            int type = in.getShort();
            int length = in.getShort();
            stats.put(type, length == 8 ? in.getLong() : in.getInt());
        }
        assertFalse(in.hasRemaining(), "as many as it says");
        return stats;
    }

    private static List<Message> messages(ByteBuffer in) {
        List<Message> messages = new ArrayList<>();
        while (Frame.next(in, AGREED) instanceof Frame.Complete frame) {
            messages.add(((Decoded.Ok) MessageDecoder.decode(frame, AGREED)).message());
        }
        return messages;
    }

    private static Update update(Socket collector, String table) throws IOException {
        Heard heard = next(collector);
        assertEquals(table, heard.what());
        return (Update) heard.messages().getFirst();
    }

    private static Socket accept(ServerSocket collector) throws IOException {
        Socket accepted = collector.accept();
        accepted.setSoTimeout(20_000);
        assertEquals("initiation", next(accepted).what());
        return accepted;
    }

    /** Also what the collector missed is told, in the order in which it would have come. */
    @Test
    void theSessionItsRoutesAndItsEnd() throws Exception {
        try (ServerSocket collectors = listen(COLLECTOR);
                ServerSocket listener = listen(PEER);
                SpeakerDaemon speaker = speaker(listener, collectors);
                Socket collector = accept(collectors);
                RawPeer peer = new RawPeer(listener).establish()) {
            Heard up = next(collector);
            assertEquals("up", up.what());
            assertEquals(List.of(64500L, 64510L),
                    up.messages().stream().map(m -> ((Open) m).as()).toList());
            assertEquals(List.of(Prefix.parse(Configs.PREFIX)),
                    update(collector, "out").announced());
            assertEquals(Optional.of(Family.IPV4_UNICAST),
                    update(collector, "out").endsRib());
            peer.send(route("198.51.100.0/24"));
            assertEquals(route("198.51.100.0/24"), update(collector, "in"));
            speaker.setStance("shop", 1, Configs.PREFIX, "withdrawn");
            assertEquals(List.of(Prefix.parse(Configs.PREFIX)),
                    update(collector, "out").withdrawn());
            speaker.setStance("shop", 2, Configs.PREFIX, "best");
            update(collector, "out");
            hangUp(collector);
            afterwards(speaker, peer, collectors);
        }
    }

    private static void afterwards(SpeakerDaemon speaker, RawPeer peer, ServerSocket collectors)
            throws IOException {
        try (Socket again = reconnected(peer, collectors)) {
            assertEquals("up", next(again).what());
            List<Heard> tables = new ArrayList<>();
            while (!tables.contains(end("out"))) {
                tables.add(next(again));
            }
            assertTrue(tables.contains(new Heard("in", List.of(route("198.51.100.0/24")))));
            assertTrue(tables.contains(end("in")));
            assertEquals(List.of(Prefix.parse(Configs.PREFIX)), tables.stream()
                    .filter(heard -> heard.what().equals("out"))
                    .flatMap(heard -> ((Update) heard.messages().getFirst()).announced().stream())
                    .toList());
            peer.send(Notification.cease(Notification.CEASE_SHUTDOWN, ""));
            Heard down = next(again);
            assertEquals("down 3", down.what());
            assertEquals(Notification.CEASE_SHUTDOWN,
                    ((Notification) down.messages().getFirst()).subcode());
            speaker.shutdown();
            assertEquals("termination", next(again).what());
        }
    }

    @Test
    void whyASessionEnded() throws Exception {
        try (ServerSocket collectors = listen(COLLECTOR);
                ServerSocket listener = listen(PEER);
                SpeakerDaemon speaker = speaker(listener, collectors);
                Socket collector = accept(collectors)) {
            try (RawPeer _ = new RawPeer(listener).establish()) {
                assertEquals("up", next(collector).what());
            }
            assertEquals("down 4", ended(collector));
            try (RawPeer _ = new RawPeer(listener).establish()) {
                assertEquals("up", next(collector).what());
                speaker.neighbor("raw", NeighborAction.SHUTDOWN, "");
                assertEquals("down 1", ended(collector));
            }
        }
    }

    private static String ended(Socket collector) throws IOException {
        String what = next(collector).what();
        while (what.equals("out")) {
            what = next(collector).what();
        }
        return what;
    }

    /** RFC 7854 section 4.8: rejected, loops, Adj-RIB-In, Loc-RIB, Adj-RIB-Out. */
    @Test
    void countersOfEachNeighbourThatIsUp() throws Exception {
        try (ServerSocket collectors = listen(COLLECTOR);
                ServerSocket listener = listen(PEER);
                SpeakerDaemon _ = speaker(listener, collectors, Duration.ofMillis(50));
                Socket collector = accept(collectors);
                RawPeer peer = new RawPeer(listener).establish()) {
            assertEquals("up", next(collector).what(), "not before the neighbour is known");
            peer.send(route("198.51.100.0/24"));
            peer.send(route("198.51.100.0/25"));
            peer.send(new Update(List.of(), Attributes.of(new Origin(Origin.Source.IGP),
                    AsPath.of(List.of(64510L, 64500L)), new NextHop(Address.parse(PEER))),
                    List.of(Prefix.parse(Configs.PREFIX))));
            String wanted = "stats {0=0, 4=1, 7=2, 8=2, 15=1}";
            String what = next(collector).what();
            for (int i = 0; i < 1000 && !what.equals(wanted); i++) {
                what = next(collector).what();
            }
            assertEquals(wanted, what);
        }
    }

    private static void hangUp(Socket collector) throws IOException {
        collector.close();
    }

    private static Heard end(String table) {
        return new Heard(table,
                List.of(new Update(List.of(), Attributes.of(), List.of())));
    }

    /** The broken connection is noticed by writing to it. */
    private static Socket reconnected(RawPeer peer, ServerSocket collectors) {
        return Await.value("another connection", () -> {
            peer.send(route("198.51.100.0/24"));
            collectors.setSoTimeout(50);
            return Optional.of(accept(collectors));
        });
    }
}
