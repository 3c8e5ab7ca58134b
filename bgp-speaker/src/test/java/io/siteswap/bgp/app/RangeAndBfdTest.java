package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.SpeakerConfig.Neighbor;
import io.siteswap.bgp.bfd.BfdOptions;
import io.siteswap.bgp.bfd.BfdState;
import io.siteswap.bgp.bfd.ControlPacket;
import io.siteswap.bgp.bfd.Diagnostic;
import io.siteswap.bgp.bfd.Reception;
import io.siteswap.bgp.bfd.net.BfdAddresses;
import io.siteswap.bgp.session.SessionOptions;
import io.siteswap.bgp.speaker.Ladder;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neighbours known by their prefix only, and a neighbour whose path fails. */
class RangeAndBfdTest {

    private static final String US = "127.44.1.1";
    private static final String PEER = "127.44.2.1";

    @TempDir
    Path dir;

    private SpeakerConfig us(int port, SpeakerOptions options, Neighbor... neighbors) {
        return new SpeakerConfig("us", 64510, "198.18.1.1", Optional.of(US + ":" + port),
                Duration.ofSeconds(90), Duration.ofMillis(200), List.of(neighbors),
                Ladder.standard(), List.of(), dir.resolve("us.stances"), dir.resolve("us.sock"),
                options);
    }

    @Test
    void aNeighbourOfARangeComesAndIsForgotten() throws Exception {
        int port = Ports.free(US);
        SpeakerOptions options = SpeakerOptions.DEFAULTS.withRanges(List.of(
                new SpeakerOptions.Range("lab", "127.44.0.0/16", 64500, 5, Optional.empty(),
                        NeighborOptions.DEFAULTS.with(SessionOptions.DEFAULTS.withAcceptAs(
                                List.of(new SessionOptions.AsRange(64500, 64501)))))));
        try (SpeakerDaemon us = SpeakerDaemon.start(us(port, options))) {
            try (SpeakerDaemon _ = SpeakerDaemon.start(Configs.site(dir, "dc", PEER,
                    Optional.empty(), Configs.neighbor("us", US, port, 64510, false, PEER)))) {
                Await.until("its prefix", () -> us.best(Configs.PREFIX).isPresent());
                assertEquals("lab-" + PEER, us.neighbors().getFirst().name());
            }
            Await.until("forgotten", () -> us.neighbors().isEmpty());
            assertTrue(us.best(Configs.PREFIX).isEmpty(), "its routes went with it");
        }
    }

    @Test
    void aPathThatFailsEndsTheSessionLongBeforeTheHoldTime() throws Exception {
        int port = Ports.free(US);
        BfdOptions fast = BfdOptions.DEFAULTS.withIntervals(Duration.ofMillis(100),
                Duration.ofMillis(100)).withMultihop(1);
        Neighbor dc = Configs.neighbor("dc", PEER, 1, 64500, true, US)
                .with(NeighborOptions.DEFAULTS.with(fast));
        try (SpeakerDaemon us = SpeakerDaemon.start(us(port, SpeakerOptions.DEFAULTS, dc));
                SpeakerDaemon _ = SpeakerDaemon.start(Configs.site(dir, "dc", PEER,
                        Optional.empty(),
                        Configs.neighbor("us", US, port, 64510, false, PEER)))) {
            Await.until("the session", () -> us.best(Configs.PREFIX).isPresent());
            try (Far _ = new Far()) {
                Await.until("BFD up", () -> us.neighbors().getFirst().bfd()
                        .filter("Up"::equals).isPresent());
                assertEquals("Established", us.neighbors().getFirst().state());
            }
            Await.until("the session ends", () -> us.neighbors().getFirst().lastError()
                    .filter(e -> e.contains("BFD")).isPresent());
        }
    }

    /** The other end of BFD: answers every packet, and is silent once it is closed. */
    private static final class Far implements AutoCloseable {

        private static final int INTERVAL = 100_000;
        private final DatagramSocket in;
        private final DatagramSocket out;

        Far() throws IOException {
            in = new DatagramSocket(
                    new InetSocketAddress(InetAddress.ofLiteral(PEER), BfdAddresses.MULTIHOP));
            out = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(PEER), 0));
            Thread.ofVirtual().start(this::answer);
        }

        private void answer() {
            byte[] octets = new byte[64];
            try {
                while (true) {
                    DatagramPacket heard = new DatagramPacket(octets, octets.length);
                    in.receive(heard);
                    if (ControlPacket.decode(ByteBuffer.wrap(octets, 0,
                            heard.getLength())) instanceof Reception.Accepted(var packet)) {
                        ByteBuffer answer = ByteBuffer.allocate(ControlPacket.LENGTH);
                        answerTo(packet).encode(answer);
                        out.send(new DatagramPacket(answer.array(), answer.capacity(),
                                new InetSocketAddress(InetAddress.ofLiteral(US),
                                        BfdAddresses.MULTIHOP)));
                    }
                }
            } catch (IOException e) {
                // Closed: the path has failed.
            }
        }

        private static ControlPacket answerTo(ControlPacket packet) {
            BfdState state = packet.state() == BfdState.DOWN ? BfdState.INIT : BfdState.UP;
            return new ControlPacket(state, Diagnostic.NONE, false, packet.poll(), false, false,
                    3, 77, packet.myDiscriminator(), INTERVAL, INTERVAL, 0);
        }

        @Override
        public void close() {
            in.close();
            out.close();
        }
    }
}
