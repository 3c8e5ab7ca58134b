package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.net.TcpOptions;
import io.siteswap.bgp.session.RestartOptions;
import io.siteswap.bgp.session.SessionOptions;
import io.siteswap.bgp.wire.BgpRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session agrees on and how it ends, against a real FRR bgpd. */
class FrrSessionTest {

    private static final String US = "127.45.1.1";
    private static final String FRR = "127.45.9.1";
    private static final String THEIRS = "198.51.100.0/24";

    @TempDir
    Path dir;

    @BeforeEach
    void frrIsThere() {
        Bgpd.assumeInstalled();
    }

    /** FRR waits for us, with these lines beside. */
    private static List<String> waiting(String... more) {
        List<String> lines = new ArrayList<>(List.of("neighbor " + US + " remote-as 64500",
                "neighbor " + US + " passive", "network " + THEIRS));
        lines.addAll(List.of(more));
        return lines;
    }

    private static String multihop() {
        return "neighbor " + US + " ebgp-multihop 2";
    }

    private SpeakerConfig us(int port, NeighborOptions options) {
        return Configs.site(dir, "dc1", US, Optional.empty(),
                Configs.frr(FRR, port, false, US).with(options));
    }

    private static NeighborOptions tcp(TcpOptions options) {
        return NeighborOptions.DEFAULTS.with(options);
    }

    private static NeighborOptions session(SessionOptions options) {
        return NeighborOptions.DEFAULTS.with(options);
    }

    private static String lastError(SpeakerDaemon us) {
        return us.neighbors().getFirst().lastError().orElse("");
    }

    @Test
    void tcpMd5() throws Exception {
        int port = Ports.free(FRR);
        try (Bgpd frr = Bgpd.start(dir, FRR, port,
                waiting(multihop(), "neighbor " + US + " password correct-horse"))) {
            try (SpeakerDaemon us = SpeakerDaemon.start(
                    us(port, tcp(TcpOptions.NONE.withPassword("wrong-horse"))))) {
                Await.until("silence", () -> lastError(us)
                        .equals("The neighbour does not answer."));
            }
            try (SpeakerDaemon _ = SpeakerDaemon.start(
                    us(port, tcp(TcpOptions.NONE.withPassword("correct-horse"))))) {
                Await.until("our prefix in FRR", () -> frr.has(Configs.PREFIX));
            }
        }
    }

    @Test
    void ttlSecurity() throws Exception {
        int port = Ports.free(FRR);
        try (Bgpd frr = Bgpd.start(dir, FRR, port,
                waiting("neighbor " + US + " ttl-security hops 1"));
                SpeakerDaemon _ = SpeakerDaemon.start(
                        us(port, tcp(TcpOptions.NONE.withTtlSecurity(1))))) {
            Await.until("our prefix in FRR", () -> frr.has(Configs.PREFIX));
        }
    }

    @Test
    void rolesThatDoNotFitEndTheSessionOnBothSides() throws Exception {
        int port = Ports.free(FRR);
        try (Bgpd frr = Bgpd.start(dir, FRR, port,
                waiting(multihop(), "neighbor " + US + " local-role customer"))) {
            try (SpeakerDaemon us = SpeakerDaemon.start(us(port, session(
                    SessionOptions.DEFAULTS.withRole(BgpRole.CUSTOMER, false))))) {
                Await.until("mismatch", () -> lastError(us).contains("Role Mismatch")
                        || lastError(us).equals(
                                "Our role is CUSTOMER, the neighbour says [CUSTOMER]."));
            }
            try (SpeakerDaemon _ = SpeakerDaemon.start(us(port, session(
                    SessionOptions.DEFAULTS.withRole(BgpRole.PROVIDER, true))))) {
                Await.until("up", () -> frr.established(US));
            }
        }
    }

    @Test
    void longMessagesAndRefreshAreAgreedOn() throws Exception {
        int port = Ports.free(FRR);
        try (Bgpd frr = Bgpd.start(dir, FRR, port, waiting(multihop()));
                SpeakerDaemon us = SpeakerDaemon.start(us(port, NeighborOptions.DEFAULTS))) {
            Await.until("up", () -> frr.established(US));
            String capabilities = frr.neighbor(US).path("neighborCapabilities").toString();
            assertTrue(capabilities.contains("\"extendedMessage\":\"advertisedAndReceived\""),
                    capabilities);
            long before = us.neighbors().getFirst().updatesOut();
            frr.show("clear bgp " + US + " soft in");
            Await.until("sent again",
                    () -> us.neighbors().getFirst().updatesOut() > before);
            assertTrue(frr.established(US));
        }
    }

    @Test
    void ourShutdownMessageArrives() throws Exception {
        int port = Ports.free(FRR);
        try (Bgpd frr = Bgpd.start(dir, FRR, port, waiting(multihop()))) {
            SpeakerDaemon us = SpeakerDaemon.start(us(port, NeighborOptions.DEFAULTS));
            Await.until("up", () -> frr.established(US));
            us.shutdown("new power supply, back at 03:00");
            Await.until("read", () -> frr.neighbor(US).toString()
                    .contains("new power supply, back at 03:00"));
        }
    }

    @Test
    void frrsShutdownMessageIsTheLastError() throws Exception {
        int port = Ports.free(FRR);
        try (Bgpd frr = Bgpd.start(dir, FRR, port, waiting(multihop()));
                SpeakerDaemon us = SpeakerDaemon.start(us(port, NeighborOptions.DEFAULTS))) {
            Await.until("up", () -> frr.established(US));
            frr.show("configure terminal", "router bgp 64510",
                    "neighbor " + US + " shutdown message line card swap");
            Await.until("heard", () -> lastError(us).equals(
                    "The neighbour said: Cease/Administrative Shutdown \"line card swap\""));
        }
    }

    private static NeighborOptions graceful() {
        return session(SessionOptions.DEFAULTS.withGracefulRestart(RestartOptions.DEFAULTS));
    }

    /** F bit, and restart time enough for the test. */
    private static List<String> gracefulFrr(String... more) {
        List<String> lines = waiting(multihop(), "bgp graceful-restart",
                "bgp graceful-restart preserve-fw-state");
        lines.addAll(List.of(more));
        return lines;
    }

    @Test
    void routesOfAKilledFrrStayUntilItsNewTableIsComplete() throws Exception {
        int port = Ports.free(FRR);
        String second = "198.51.101.0/24";
        try (Bgpd frr = Bgpd.start(dir, FRR, port, gracefulFrr("network " + second));
                SpeakerDaemon us = SpeakerDaemon.start(us(port, graceful()))) {
            Await.until("both routes", () -> us.best(THEIRS).isPresent()
                    && us.best(second).isPresent());
            frr.kill();
            Await.until("down", () -> !us.neighbors().getFirst().state().equals("Established")
                    && !lastError(us).isEmpty());
            assertTrue(us.best(THEIRS).isPresent(), "kept");
            assertTrue(us.best(second).isPresent(), "kept");
            frr.again(gracefulFrr());
            Await.until("the one that is no longer announced is swept",
                    () -> us.best(second).isEmpty());
            assertTrue(us.best(THEIRS).isPresent(), "announced again");
            assertEquals("Established", us.neighbors().getFirst().state());
        }
    }

    @Test
    void frrKeepsOurPrefixWhileWeRestart() throws Exception {
        int port = Ports.free(FRR);
        try (Bgpd frr = Bgpd.start(dir, FRR, port, gracefulFrr())) {
            SpeakerDaemon first = SpeakerDaemon.start(us(port, graceful()));
            Await.until("our prefix in FRR", () -> frr.has(Configs.PREFIX));
            first.leave();
            Await.until("stale in FRR",
                    () -> frr.path(Configs.PREFIX).path("stale").asBoolean(false));
            try (SpeakerDaemon second = SpeakerDaemon.start(us(port, graceful()))) {
                Await.until("fresh in FRR", () -> frr.has(Configs.PREFIX)
                        && !frr.path(Configs.PREFIX).path("stale").asBoolean(false));
                second.shutdown("closed");
                Await.until("gone from FRR", () -> !frr.has(Configs.PREFIX));
            }
        }
    }

    /** Both sides connect: whichever connection stays, FRR has our prefix. */
    @Test
    void whenBothConnectFrrHasOurPrefixEachTime() throws Exception {
        int port = Ports.free(FRR);
        int ours = Ports.free(US);
        List<String> active = List.of("neighbor " + US + " remote-as 64500",
                "neighbor " + US + " port " + ours, "neighbor " + US + " update-source " + FRR,
                multihop(), "neighbor " + US + " timers connect 1");
        try (Bgpd frr = Bgpd.start(dir, FRR, port, active)) {
            for (int round = 0; round < 8; round++) {
                try (SpeakerDaemon us = SpeakerDaemon.start(Configs.site(dir, "dc1", US,
                        Optional.of(ours), Configs.frr(FRR, port, false, US)))) {
                    Await.until("our prefix in FRR", () -> frr.has(Configs.PREFIX)
                            && us.neighbors().getFirst().state().equals("Established"));
                }
                Await.until("gone again", () -> !frr.has(Configs.PREFIX));
            }
        }
    }

    /** FRR as the transit of two sites sends each its own AS back, which is looked at. */
    @Test
    void frrShowsOneSiteWhatItTookOfTheOther() throws Exception {
        int port = Ports.free(FRR);
        String second = "127.45.1.2";
        SpeakerConfig other = Configs.site(dir, "dc2", second, Optional.empty(),
                Configs.frr(FRR, port, false, second));
        List<String> both = waiting(multihop(), "neighbor " + second + " remote-as 64500",
                "neighbor " + second + " passive", "neighbor " + second + " ebgp-multihop 2");
        try (Bgpd _ = Bgpd.start(dir, FRR, port, both);
                SpeakerDaemon one = SpeakerDaemon.start(us(port, NeighborOptions.DEFAULTS));
                SpeakerDaemon two = SpeakerDaemon.start(other)) {
            two.setStance("shop", 1, Configs.PREFIX, "withdrawn");
            one.setStance("shop", 1, Configs.PREFIX, "drain");
            Await.until("six prepends come back to the other", () -> two.seen(Optional.empty())
                    .getFirst().routes().stream()
                    .anyMatch(r -> r.prepends().equals(Optional.of(6))
                            && r.verdict().equals("own-as")));
            assertTrue(two.routes().stream().allMatch(r -> r.prefix().equals(THEIRS)));
        }
    }
}
