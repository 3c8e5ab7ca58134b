package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the speaker says on the wire, and to a neighbour that misbehaves. */
class RawPeerTest {

    private static final String US = "127.45.1.1";
    private static final String PEER = "127.45.9.1";
    private static final Prefix ROUTE = Prefix.parse("198.51.100.0/24");

    @TempDir
    Path dir;

    private static ServerSocket listener() throws IOException {
        ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName(PEER));
        listener.setSoTimeout(10_000);
        return listener;
    }

    private SpeakerDaemon speaker(ServerSocket listener) throws IOException {
        return SpeakerDaemon.start(Configs.site(dir, "dc1", US, Optional.empty(), Configs
                .neighbor("raw", PEER, listener.getLocalPort(), 64510, false, US)));
    }

    private static Update route() {
        return new Update(List.of(), Attributes.of(new Origin(Origin.Source.IGP),
                AsPath.of(List.of(64510L)), new NextHop(Address.parse(PEER))), List.of(ROUTE));
    }

    @Test
    void theTableThenItsEndThenChanges() throws Exception {
        try (ServerSocket listener = listener();
                SpeakerDaemon speaker = speaker(listener);
                RawPeer peer = new RawPeer(listener).establish()) {
            Update table = peer.expect(Update.class);
            assertEquals(List.of(Prefix.parse(Configs.PREFIX)), table.announced());
            assertEquals(Optional.of(Family.IPV4_UNICAST),
                    peer.expect(Update.class).endsRib());
            speaker.setStance("shop", 1, Configs.PREFIX, "withdrawn");
            assertEquals(List.of(Prefix.parse(Configs.PREFIX)),
                    peer.expect(Update.class).withdrawn());
        }
    }

    @Test
    void aFaultyAttributeCostsTheRouteNotTheSession() throws Exception {
        try (ServerSocket listener = listener();
                SpeakerDaemon speaker = speaker(listener);
                RawPeer peer = new RawPeer(listener).establish()) {
            peer.send(route());
            Await.until("the route", () -> speaker.best(ROUTE.toString()).isPresent());
            // ORIGIN 7, otherwise the same route.
            peer.sendHex("ffffffffffffffffffffffffffffffff002f02" + "00000014" + "40010107"
                    + "400206" + "02010000fbfe" + "400304" + "7f2d0901" + "18c63364");
            Await.until("withdrawn", () -> speaker.best(ROUTE.toString()).isEmpty());
            assertEquals("Established", speaker.neighbors().getFirst().state());
            peer.send(route());
            Await.until("back again", () -> speaker.best(ROUTE.toString()).isPresent());
        }
    }

    @Test
    void noiseIsAnsweredWithANotificationAndTheNextAttemptIsNew() throws Exception {
        try (ServerSocket listener = listener(); SpeakerDaemon speaker = speaker(listener)) {
            try (RawPeer peer = new RawPeer(listener).establish()) {
                peer.sendHex("47455420".repeat(8));
                peer.expect(Update.class);
                peer.expect(Update.class);
                assertEquals("Message Header Error/Connection Not Synchronized",
                        peer.expect(Notification.class).describe());
            }
            try (RawPeer again = new RawPeer(listener).establish()) {
                again.expect(Update.class);
                assertEquals(Optional.of("The marker is not all ones."),
                        speaker.neighbors().getFirst().lastError());
            }
        }
    }

    @Test
    void silenceEndsTheSessionAndItsRoutesAfterTheHoldTime() throws Exception {
        try (ServerSocket listener = listener();
                SpeakerDaemon speaker = speaker(listener);
                RawPeer peer = new RawPeer(listener).establish()) {
            peer.send(route());
            Await.until("the route", () -> speaker.best(ROUTE.toString()).isPresent());
            peer.expect(Update.class);
            peer.expect(Update.class);
            assertEquals("Hold Timer Expired", peer.expect(Notification.class).describe());
            Await.until("withdrawn", () -> speaker.best(ROUTE.toString()).isEmpty());
        }
    }

    @Test
    void aStrangerIsSentAway() throws Exception {
        int port = Ports.free(US);
        try (SpeakerDaemon speaker = SpeakerDaemon.start(Configs.site(dir, "dc1", US,
                Optional.of(port), Configs.neighbor("raw", PEER, 1, 64510, true, US)));
                Socket stranger = new Socket(InetAddress.getByName(US), port,
                        InetAddress.getByName("127.45.66.1"), 0)) {
            stranger.setSoTimeout(10_000);
            assertEquals(-1, stranger.getInputStream().read());
            assertEquals("Active", speaker.neighbors().getFirst().state());
        }
    }
}
