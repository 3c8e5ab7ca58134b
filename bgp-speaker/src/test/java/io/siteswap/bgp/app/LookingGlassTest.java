package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Communities;
import io.siteswap.bgp.wire.Community;
import io.siteswap.bgp.wire.MultiExitDisc;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A neighbour sends our own prefix back to a running speaker. */
class LookingGlassTest {

    private static final String US = "127.47.1.1";
    private static final String GLASS = "127.47.9.1";
    private static final Prefix OURS = Prefix.parse(Configs.PREFIX);

    @TempDir
    Path dir;

    private static ServerSocket listener() throws IOException {
        ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName(GLASS));
        listener.setSoTimeout(10_000);
        return listener;
    }

    private SpeakerDaemon speaker(ServerSocket listener) throws IOException {
        return SpeakerDaemon.start(Configs.site(dir, "dc1", US, Optional.empty(), Configs
                .neighbor("glass", GLASS, listener.getLocalPort(), 64510, false, US)));
    }

    private static Update route(String prefix, String hop, Long... path) {
        return new Update(List.of(), Attributes.of(new Origin(Origin.Source.IGP),
                AsPath.of(List.of(path)), new NextHop(Address.parse(hop)), new MultiExitDisc(7),
                new Communities(List.of(Community.parse("64510:1")))),
                List.of(Prefix.parse(prefix)));
    }

    private static SeenView only(List<OwnSeenView> seen) {
        assertEquals(List.of(Configs.PREFIX), seen.stream().map(OwnSeenView::own).toList());
        assertEquals(1, seen.getFirst().routes().size());
        return seen.getFirst().routes().getFirst();
    }

    @Test
    void whatComesBackIsShownUntilItIsGone() throws Exception {
        List<SpeakerEvent> events = new CopyOnWriteArrayList<>();
        long before = System.currentTimeMillis();
        try (ServerSocket listener = listener();
                SpeakerDaemon speaker = speaker(listener);
                RawPeer glass = new RawPeer(listener).establish();
                AutoCloseable _ = new SpeakerClient(dir.resolve("dc1.sock")).watch(events::add,
                        _ -> {
                        })) {
            SpeakerClient client = new SpeakerClient(dir.resolve("dc1.sock"));
            assertEquals(List.of(new OwnSeenView(Configs.PREFIX, List.of())), client.seen());

            glass.send(route(Configs.PREFIX, GLASS, 64510L, 64499L, 64500L, 64500L, 64500L));
            Await.until("seen", () -> !client.seen().getFirst().routes().isEmpty());
            SeenView view = only(client.seen());
            assertEquals(List.of("64510", "64499", "64500", "64500", "64500"), view.asPath());
            assertEquals(Optional.of(2), view.prepends());
            assertEquals("own-as", view.verdict());
            assertEquals(List.of("64510:1"), view.communities());
            assertEquals(Optional.of(7L), view.med());
            assertTrue(view.sinceMs() >= before && view.sinceMs() <= System.currentTimeMillis());
            assertTrue(speaker.routes().isEmpty(), "no route because of that");
            Await.until("told", () -> events.contains(
                    new SpeakerEvent.Seen(Configs.PREFIX, "glass", 0, Optional.of(view))));

            glass.send(new Update(List.of(OURS), Attributes.of(), List.of()));
            Await.until("withdrawn", () -> client.seen().getFirst().routes().isEmpty());
            Await.until("told", () -> events.contains(
                    new SpeakerEvent.Seen(Configs.PREFIX, "glass", 0, Optional.empty())));
        }
    }

    @Test
    void aPieceOfItThatAnotherAsAnnouncesIsNotOurs() throws Exception {
        try (ServerSocket listener = listener(); SpeakerDaemon speaker = speaker(listener)) {
            try (RawPeer glass = new RawPeer(listener).establish()) {
                glass.send(route("203.0.113.128/25", GLASS, 64510L, 64666L));
                Await.until("seen", () -> !speaker.seen(Optional.empty()).getFirst().routes()
                        .isEmpty());
                SeenView view = only(speaker.seen(Optional.of(OURS)));
                assertEquals("203.0.113.128/25", view.prefix());
                assertEquals(Optional.empty(), view.prepends());
                assertEquals("kept", view.verdict());
                assertEquals(List.of(), speaker
                        .seen(Optional.of(Prefix.parse("198.51.100.0/24"))));
            }
            Await.until("gone with the session",
                    () -> speaker.seen(Optional.empty()).getFirst().routes().isEmpty());
        }
    }

    /** RFC 4271 section 6.3: packets to it would come back to us. */
    @Test
    void aRouteToOurselvesIsNotUsed() throws Exception {
        try (ServerSocket listener = listener();
                SpeakerDaemon speaker = speaker(listener);
                RawPeer peer = new RawPeer(listener).establish()) {
            peer.send(route("198.51.100.0/24", US, 64510L));
            peer.send(route("198.51.100.0/25", GLASS, 64510L));
            Await.until("the second", () -> speaker.best("198.51.100.0/25").isPresent());
            assertFalse(speaker.best("198.51.100.0/24").isPresent());
        }
    }
}
