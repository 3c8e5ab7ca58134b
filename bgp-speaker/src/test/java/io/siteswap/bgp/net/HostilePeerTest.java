package io.siteswap.bgp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.net.DynamicNeighbors.Range;
import io.siteswap.bgp.session.SessionOptions;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Capability;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Keepalive;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.MessageEncoder;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Strangers, crowds and neighbours that do not read. */
class HostilePeerTest {

    private static final String OURS = "127.44.1.1";
    private static final String THEIRS = "127.44.9.1";

    private static Socket connect(String from, int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(10_000);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(OURS, port), 5000);
        return socket;
    }

    private static void send(Socket socket, Message message) throws IOException {
        ByteBuffer encoded = MessageEncoder.encode(message, Context.INITIAL);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        socket.getOutputStream().write(bytes);
    }

    private static void establish(Socket socket) throws IOException {
        send(socket, Open.of(64510, 0, Address.parse("198.18.9.9"),
                List.of(Capability.MultiProtocol.of(Family.IPV4_UNICAST))));
        send(socket, new Keepalive());
    }

    /** 4000 octets each, 20 MB in all: more than the kernel takes. */
    private static void flood(NeighborRunner runner) {
        List<Prefix> prefixes = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            prefixes.add(new Prefix(Address.v4(0xC6120000 + (i << 8)), 24));
        }
        Update update = new Update(prefixes, Attributes.NONE, List.of());
        for (int i = 0; i < 5000; i++) {
            runner.send(update);
        }
    }

    @Test
    void aNeighbourThatNeverReadsLosesItsSession() throws Exception {
        try (Side us = Side.passive(OURS, THEIRS, TcpOptions.NONE,
                SessionOptions.DEFAULTS.withSendHold(Duration.ofSeconds(1)),
                HostilePeerTest::flood);
                Socket peer = connect(THEIRS, us.port())) {
            establish(peer);
            us.recorder.await("up");
            us.recorder.await("writable false");
            assertEquals("down peer: The neighbour read nothing for the send hold time of 1 s.",
                    us.recorder.await("down"));
        }
    }

    @Test
    void oneThatReadsAgainGoesOn() throws Exception {
        try (Side us = Side.passive(OURS, THEIRS, TcpOptions.NONE,
                SessionOptions.DEFAULTS.withSendHold(Duration.ofSeconds(5)),
                HostilePeerTest::flood);
                Socket peer = connect(THEIRS, us.port())) {
            establish(peer);
            us.recorder.await("writable false");
            byte[] some = new byte[1 << 16];
            long total = 0;
            while (total < 5000L * 3600) {
                total += peer.getInputStream().read(some);
            }
            us.recorder.await("writable true");
            us.onLoop(() -> assertEquals("Established", us.runner.state()));
        }
    }

    /** Several thousand connections a second from a stranger, for longer than the hold time. */
    @Test
    void aCrowdOfStrangersCostsNoSession() throws Exception {
        try (Side us = Side.passive(OURS, THEIRS, TcpOptions.NONE, SessionOptions.DEFAULTS);
                Side peer = Side.active(THEIRS, OURS, us.port(), TcpOptions.NONE,
                        SessionOptions.DEFAULTS)) {
            us.recorder.await("up");
            long start = System.nanoTime();
            long until = start + Duration.ofMillis(4500).toNanos();
            long count = 0;
            while (System.nanoTime() - until < 0) {
                try (Socket stranger = new Socket()) {
                    stranger.setOption(java.net.StandardSocketOptions.SO_LINGER, 0);
                    stranger.connect(new InetSocketAddress(OURS, us.port()), 1000);
                    count++;
                } catch (IOException e) {
                    // Refused or reset: that is what strangers get.
                    count++;
                }
            }
            System.out.println(count * 1_000_000_000L / (System.nanoTime() - start)
                    + " connections a second");
            assertTrue(us.recorder.nothingLike("down"), "our session held");
            assertTrue(peer.recorder.nothingLike("down"), "theirs too");
            us.onLoop(() -> assertTrue(us.runner.counters().uptime().toMillis() > 4000));
            us.recorder.await("stranger ");
            assertTrue(us.recorder.nothingLike("stranger "), "one report a minute");
        }
    }

    @Test
    void aRangeOfNeighboursHasALimitAndForgets() throws Exception {
        Recorder recorder = new Recorder();
        Transport transport = new Transport("range");
        DynamicNeighbors dynamic = new DynamicNeighbors(
                List.of(new Range("lab", Prefix.parse("127.44.0.0/16"), 2)),
                (range, from) -> new NeighborRunner(transport,
                        new NeighborAddress(range.name() + "-" + from.getHostAddress(),
                                new InetSocketAddress(from, 1), Optional.empty()),
                        Side.config(64500, 0, "198.18.1.1", true)
                                .with(SessionOptions.DEFAULTS.withAcceptAs(
                                        List.of(SessionOptions.AsRange.only(64510)))),
                        recorder, new Random(1)),
                runner -> recorder.note("forgotten " + runner.name()));
        Acceptor acceptor = Acceptor.start(transport,
                new InetSocketAddress(InetAddress.ofLiteral(OURS), 0), List.of(), dynamic,
                (from, _) -> recorder.note("stranger " + from.getHostAddress()));
        acceptor.open();
        try (Socket one = connect("127.44.7.1", acceptor.port());
                Socket two = connect("127.44.7.2", acceptor.port())) {
            establish(one);
            establish(two);
            recorder.await("up lab-127.44.7.");
            recorder.await("up lab-127.44.7.");
            try (Socket three = connect("127.44.7.3", acceptor.port())) {
                assertEquals(-1, three.getInputStream().read(), "no room for a third");
            }
            recorder.await("stranger 127.44.7.3");
            one.shutdownOutput();
            recorder.await("forgotten lab-127.44.7.1");
            try (Socket three = connect("127.44.7.3", acceptor.port())) {
                establish(three);
                recorder.await("up lab-127.44.7.3");
            }
        } finally {
            acceptor.close();
            transport.close();
        }
    }

    /** While a speaker starts: sent away, the neighbour would come again much later. */
    @Test
    void whoConnectsBeforeTheSessionsAreReadyIsKeptWaiting() throws Exception {
        Recorder recorder = new Recorder();
        Transport transport = new Transport("early");
        NeighborRunner runner = new NeighborRunner(transport,
                new NeighborAddress("peer",
                        new InetSocketAddress(InetAddress.ofLiteral(THEIRS), 1), Optional.empty()),
                Side.config(64500, 64510, "198.18.1.1", true), recorder, new Random(1));
        Acceptor acceptor = Acceptor.start(transport,
                new InetSocketAddress(InetAddress.ofLiteral(OURS), 0), List.of(runner),
                DynamicNeighbors.none(), (_, _) -> recorder.note("stranger"));
        try (Socket early = connect(THEIRS, acceptor.port())) {
            // A turn of the loop, in which it would take the connection.
            CompletableFuture.runAsync(() -> recorder.note("turn"), transport.loop()).join();
            CompletableFuture.runAsync(runner::start, transport.loop()).join();
            acceptor.open();
            establish(early);
            recorder.await("up peer");
        } finally {
            acceptor.close();
            transport.close();
        }
    }

    /** A link without addresses: the neighbour is whoever connects over it. */
    @Test
    void anUnnumberedLinkNeedsItsNameOnly() throws Exception {
        try (Veth link = Veth.create()) {
            Recorder recorder = new Recorder();
            Transport transport = new Transport("unnumbered");
            DynamicNeighbors dynamic = new DynamicNeighbors(
                    List.of(Range.unnumbered("uplink", link.name(1))),
                    (range, from) -> new NeighborRunner(transport,
                            new NeighborAddress(range.name(), new InetSocketAddress(from, 1),
                                    Optional.empty()),
                            Side.config(64500, 64510, "198.18.1.1", true), recorder,
                            new Random(1)),
                    runner -> recorder.note("forgotten " + runner.name()));
            Acceptor acceptor = Acceptor.start(transport,
                    new InetSocketAddress(InetAddress.ofLiteral("::"), 0), List.of(), dynamic,
                    (from, _) -> recorder.note("stranger " + from.getHostAddress()));
            acceptor.open();
            try (Side peer = Side.active(link.address(0) + "%" + link.name(0),
                    link.address(1) + "%" + link.name(0), acceptor.port(), TcpOptions.NONE,
                    SessionOptions.DEFAULTS)) {
                recorder.await("up uplink");
                peer.recorder.await("up");
            } finally {
                acceptor.close();
                transport.close();
            }
        }
    }

    @Test
    void aFaultyMessageIsKeptInHex() throws Exception {
        try (Side us = Side.passive(OURS, THEIRS, TcpOptions.NONE, SessionOptions.DEFAULTS);
                Socket peer = connect(THEIRS, us.port())) {
            establish(peer);
            us.recorder.await("up");
            // ORIGIN with the value 7 on a route: treated as withdrawn (RFC 7606 section 7.1).
            peer.getOutputStream().write(java.util.HexFormat.of()
                    .parseHex("ff".repeat(16) + "002f" + "02" + "0000" + "0014" + "40010107"
                            + "400206" + "0201" + "fbfe" + "0000" + "400304" + "7f2c0901"
                            + "18c63364"));
            us.recorder.await("tolerated");
            us.onLoop(() -> {
                FaultLog.Entry fault = us.runner.faults().entries().getLast();
                assertTrue(fault.hex().startsWith("ff".repeat(16) + "002f02"), fault.hex());
                assertTrue(fault.clause().startsWith("RFC 7606"), fault.clause());
            });
        }
    }
}
