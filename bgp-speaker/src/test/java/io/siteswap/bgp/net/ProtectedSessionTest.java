package io.siteswap.bgp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.EpollSocketChannel;
import io.siteswap.bgp.session.SessionOptions;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TCP MD5, TTL security, TCP-AO, IPv6 and link-local addresses, on real sockets. */
class ProtectedSessionTest {

    private static final String OURS = "127.43.1.1";
    private static final String THEIRS = "127.43.9.1";

    @BeforeEach
    void epoll() {
        try (Transport transport = new Transport("probe")) {
            Assumptions.assumeTrue(transport.epoll(), "The native epoll library is missing");
        }
    }

    private static Side passive(TcpOptions tcp) throws IOException {
        return Side.passive(OURS, THEIRS, tcp, SessionOptions.DEFAULTS);
    }

    private static Side active(int port, TcpOptions tcp) {
        return Side.active(THEIRS, OURS, port, tcp, SessionOptions.DEFAULTS);
    }

    @Test
    void theSamePasswordOnBothSidesLetsTheSessionUp() throws Exception {
        TcpOptions secret = TcpOptions.NONE.withPassword("correct horse");
        try (Side one = passive(secret); Side two = active(one.port(), secret)) {
            one.recorder.await("up");
            two.recorder.await("up");
        }
    }

    @Test
    void anotherPasswordOrNoneIsSilence() throws Exception {
        TcpOptions secret = TcpOptions.NONE.withPassword("correct horse");
        try (Side one = passive(secret)) {
            for (TcpOptions wrong : List.of(TcpOptions.NONE.withPassword("wrong horse"),
                    TcpOptions.NONE)) {
                try (Side two = active(one.port(), wrong)) {
                    assertEquals("failed peer: The neighbour does not answer.",
                            two.recorder.await("failed"));
                }
            }
            assertTrue(one.recorder.nothingLike("moved peer OpenSent"), "nothing came through");
        }
    }

    /** And the same listener then takes the new one: a session is not needed to change it. */
    @Test
    void aPasswordChangesWhileWeListen() throws Exception {
        try (Side one = passive(TcpOptions.NONE.withPassword("old"));
                Side two = active(one.port(), TcpOptions.NONE.withPassword("new"))) {
            two.recorder.await("failed");
            NeighborRunner changed = new NeighborRunner(one.transport,
                    new NeighborAddress("peer", one.runner.address().remote(),
                            one.runner.address().local(), TcpOptions.NONE.withPassword("new")),
                    one.runner.config(), one.recorder, new java.util.Random(3));
            one.onLoop(() -> {
                one.runner.abandon();
                changed.start();
                one.acceptor().neighbors(List.of(changed));
            });
            two.recorder.await("up");
            one.onLoop(changed::abandon);
        }
    }

    @Test
    void ttlSecurityOnBothSidesLetsTheSessionUp() throws Exception {
        TcpOptions near = TcpOptions.NONE.withTtlSecurity(1);
        try (Side one = passive(near); Side two = active(one.port(), near)) {
            one.recorder.await("up");
            two.recorder.await("up");
        }
    }

    @Test
    void whatCameTooFarIsNotHeard() throws Exception {
        try (Side one = passive(TcpOptions.NONE.withTtlSecurity(1));
                Side two = active(one.port(), TcpOptions.NONE.withMultihop(64))) {
            String end = two.recorder.await("failed");
            assertTrue(end.contains("silent") || end.contains("sent no OPEN")
                    || end.contains("connection was lost"), end);
            // The OPEN may be there before the kernel knows the limit, at each attempt; what would
            // make a session of it is not heard.
            one.onLoop(() -> {
                assertEquals(0, one.runner.counters().updatesIn());
                assertNotEquals("Established", one.runner.state());
            });
        }
    }

    @Test
    void aNeighbourFurtherAwayMayBeAllowed() throws Exception {
        try (Side one = passive(TcpOptions.NONE.withTtlSecurity(200));
                Side two = active(one.port(), TcpOptions.NONE.withMultihop(64))) {
            one.recorder.await("up");
            two.recorder.await("up");
        }
    }

    @Test
    void missingTcpAoIsOneSentence() throws Exception {
        EpollSocketChannel probe = new EpollSocketChannel();
        boolean has = Sockets.kernelHasAo(probe);
        probe.unsafe().closeForcibly();
        Assumptions.assumeFalse(has, "This kernel has TCP-AO");
        try (Side one = passive(TcpOptions.NONE);
                Side two = active(one.port(),
                        TcpOptions.NONE.withAo(new AoKey(1, 1, "hmac(sha1)", "x")))) {
            String failed = two.recorder.await("failed");
            assertTrue(failed.endsWith("TCP-AO is configured, but this kernel is built without it"
                    + " (CONFIG_TCP_AO): use a TCP MD5 password or another kernel."), failed);
            assertFalse(failed.contains("\n"));
        }
    }

    @Test
    void overIpv6() throws Exception {
        TcpOptions all = TcpOptions.NONE.withPassword("correct horse").withTtlSecurity(1);
        try (Side one = Side.passive("::1", "::1", all, SessionOptions.DEFAULTS);
                Side two = Side.active("::1", "::1", one.port(), all,
                        SessionOptions.DEFAULTS)) {
            one.recorder.await("up");
            two.recorder.await("up");
        }
    }

    @Test
    void overLinkLocalAddresses() throws Exception {
        try (Veth link = Veth.create();
                Side one = Side.passive(link.address(1) + "%" + link.name(1),
                        link.address(0) + "%" + link.name(1),
                        TcpOptions.NONE, SessionOptions.DEFAULTS);
                Side two = Side.active(link.address(0) + "%" + link.name(0),
                        link.address(1) + "%" + link.name(0), one.port(), TcpOptions.NONE,
                        SessionOptions.DEFAULTS)) {
            one.recorder.await("up");
            two.recorder.await("up");
        }
    }
}
