package io.siteswap.bgp.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.Await;
import io.siteswap.bgp.app.NeighborAction;
import io.siteswap.bgp.app.NeighborOptions;
import io.siteswap.bgp.app.NeighborView;
import io.siteswap.bgp.app.RouteView;
import io.siteswap.bgp.app.SpeakerClient;
import io.siteswap.bgp.app.SpeakerDaemon;
import io.siteswap.bgp.app.StanceReply;
import io.siteswap.bgp.interop.ForeignSpeaker.Seen;
import io.siteswap.bgp.interop.ForeignSpeaker.Sent;
import io.siteswap.bgp.interop.Setup.Connects;
import io.siteswap.bgp.net.TcpOptions;
import io.siteswap.bgp.session.RestartOptions;
import io.siteswap.bgp.session.SessionOptions;
import io.siteswap.bgp.wire.BgpRole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What every foreign daemon must show with us, over real TCP on addresses of the test's own. A
 * subclass names the daemon and what it cannot do.
 */
@Execution(ExecutionMode.CONCURRENT)
abstract class InteropSuite {

    static final String THEIRS = "198.51.100.0/24";
    /** Sessions of these tests come up in half a second, or in two when a first attempt fails. */
    private static final Duration NO_SESSION = Duration.ofSeconds(3);
    static final String THEIRS_SIX = "2001:db8:51::/48";

    @TempDir
    Path dir;

    abstract Program program();

    abstract ForeignSpeaker launch(Setup setup);

    /** The most AS numbers that it can be made to send, after its own. */
    abstract int longestPath();

    /** Whether paths that it sends may hold other numbers than its own. */
    boolean anyPath() {
        return true;
    }

    /** Whether its operator can make it ask us for our routes again. */
    boolean asksAgain() {
        return true;
    }

    /** Whether its operator can give the words of RFC 9003. */
    boolean saysWhy() {
        return true;
    }

    /** Who opens the connection when it is signed. */
    Connects opensSigned() {
        return Connects.WE;
    }

    /** What it cannot do of what a test needs, in a few words; empty: it can. */
    Optional<String> lacks(Feature feature) {
        return Optional.empty();
    }

    /** What not every daemon has. */
    enum Feature {
        MD5, TTL_SECURITY, RESTART, RESTART_HELPER, ROLE
    }

    private void needs(Feature feature) {
        Optional<String> lack = lacks(feature);
        Assumptions.assumeTrue(lack.isEmpty(), () -> program().name() + ": " + lack.orElse(""));
    }

    private boolean has(Feature feature) {
        return lacks(feature).isEmpty();
    }

    @BeforeEach
    void daemonIsThere() {
        program().assumeUsable();
    }

    ForeignSpeaker start(Setup setup) throws IOException {
        ForeignSpeaker peer = launch(setup);
        try {
            peer.start();
            return peer;
        } catch (IOException | AssertionError e) {
            peer.close();
            throw e;
        }
    }

    static SpeakerDaemon us(Setup setup) throws IOException {
        return us(setup, NeighborOptions.DEFAULTS);
    }

    static SpeakerDaemon us(Setup setup, NeighborOptions options) throws IOException {
        return SpeakerDaemon.start(setup.config(options));
    }

    static void awaitUp(ForeignSpeaker peer, SpeakerDaemon us) {
        Await.until("Established at both ends", () -> up(us) && peer.established());
    }

    static boolean up(SpeakerDaemon us) {
        return us.neighbors().getFirst().state().equals("Established");
    }

    static void awaitPath(ForeignSpeaker peer, Setup setup, int numbers) {
        List<Long> path = Collections.nCopies(numbers, setup.ourAs());
        Await.until(numbers + " times our AS at the peer", () -> peer.seen(setup.prefix())
                .filter(seen -> seen.asPath().equals(path)).isPresent());
    }

    @Test
    void announcesEveryStance() throws Exception {
        Setup setup = Setup.plain(dir);
        try (ForeignSpeaker peer = start(setup); SpeakerDaemon us = us(setup)) {
            awaitPath(peer, setup, 3);
            us.setStance("shop", 1, Setup.PREFIX, "best");
            awaitPath(peer, setup, 1);
            us.setStance("shop", 2, Setup.PREFIX, "withdrawn");
            Await.until("gone", () -> peer.seen(Setup.PREFIX).isEmpty());
            assertTrue(peer.established(), "withdrawing does not cost the session");
            us.setStance("shop", 3, Setup.PREFIX, "drain");
            awaitPath(peer, setup, 7);
            Seen seen = peer.seen(Setup.PREFIX).orElseThrow();
            assertEquals(List.of("65535:0"), seen.communities());
            assertEquals(Setup.NEXT_HOP, seen.nextHop());
        }
    }

    @Test
    void takesItsRoutesAndTheirWithdrawal() throws Exception {
        Setup setup = Setup.plain(dir);
        try (ForeignSpeaker peer = start(setup); SpeakerDaemon us = us(setup)) {
            awaitUp(peer, us);
            peer.announce(Sent.plain(THEIRS));
            RouteView route = Await.value("its route", () -> us.best(THEIRS));
            assertEquals(List.of(setup.as()), route.asPath());
            peer.withdraw(THEIRS);
            Await.until("withdrawn", () -> us.best(THEIRS).isEmpty());
            assertTrue(up(us));
        }
    }

    @Test
    void keepsTheSessionLongerThanTheHoldTime() throws Exception {
        Setup setup = Setup.plain(dir);
        try (ForeignSpeaker peer = start(setup); SpeakerDaemon us = us(setup)) {
            awaitUp(peer, us);
            assertEquals(Setup.HOLD.toMillis(), us.neighbors().getFirst().holdMs());
            Await.until("longer than the hold time", () -> us.neighbors().getFirst()
                    .uptimeMs() > Setup.HOLD.toMillis() + 1000);
            assertTrue(peer.established());
        }
    }

    @Test
    void overIpv6WithIpv6Prefixes() throws Exception {
        Setup setup = Setup.plain(dir).overSix();
        try (LoopbackSix _ = LoopbackSix.of(setup);
                ForeignSpeaker peer = start(setup);
                SpeakerDaemon us = us(setup)) {
            awaitPath(peer, setup, 3);
            assertEquals(setup.ourAddress(), peer.seen(setup.prefix()).orElseThrow().nextHop());
            peer.announce(Sent.plain(THEIRS_SIX));
            RouteView route = Await.value("its route", () -> us.best(THEIRS_SIX));
            assertEquals(List.of(setup.as()), route.asPath());
            peer.withdraw(THEIRS_SIX);
            Await.until("withdrawn", () -> us.best(THEIRS_SIX).isEmpty());
        }
    }

    @Test
    void fourOctetAsOnEitherSide() throws Exception {
        Setup setup = Setup.plain(dir).numbered(4_200_000_001L, 4_200_000_002L);
        try (ForeignSpeaker peer = start(setup); SpeakerDaemon us = us(setup)) {
            awaitPath(peer, setup, 3);
            peer.announce(Sent.plain(THEIRS));
            assertEquals(List.of(4_200_000_001L),
                    Await.value("its route", () -> us.best(THEIRS)).asPath());
        }
    }

    @Test
    void longAsPath() throws Exception {
        Setup setup = Setup.plain(dir);
        List<Long> path = new ArrayList<>();
        for (int i = 0; i < longestPath(); i++) {
            path.add(anyPath() ? 65_000L + i % 500 + (i % 2 == 0 ? 100_000 : 0) : setup.as());
        }
        List<Long> whole = new ArrayList<>(List.of(setup.as()));
        whole.addAll(path);
        try (ForeignSpeaker peer = start(setup); SpeakerDaemon us = us(setup)) {
            awaitUp(peer, us);
            peer.announce(new Sent(THEIRS, path, List.of()));
            assertEquals(whole, Await.value("its route", () -> us.best(THEIRS)).asPath());
        }
    }

    @Test
    void communities() throws Exception {
        Setup setup = Setup.plain(dir);
        try (ForeignSpeaker peer = start(setup); SpeakerDaemon us = us(setup)) {
            awaitUp(peer, us);
            peer.announce(new Sent(THEIRS, List.of(), List.of("64510:1", "64510:65535")));
            assertEquals(List.of("64510:1", "64510:65535"),
                    Await.value("its route", () -> us.best(THEIRS)).communities());
        }
    }

    @Test
    void routeRefresh() throws Exception {
        Setup setup = Setup.plain(dir);
        try (ForeignSpeaker peer = start(setup); SpeakerDaemon us = us(setup)) {
            awaitUp(peer, us);
            awaitPath(peer, setup, 3);
            NeighborView before = us.neighbors().getFirst();
            if (!asksAgain()) {
                // It answers, but has no command to ask.
                us.neighbor("peer", NeighborAction.REFRESH, "");
                Await.until("its table again",
                        () -> us.neighbors().getFirst().messagesIn() > before.messagesIn());
                return;
            }
            peer.refresh();
            Await.until("our table again",
                    () -> us.neighbors().getFirst().updatesOut() > before.updatesOut());
            assertTrue(up(us) && peer.established());
        }
    }

    @Test
    void ourShutdownTellsItWhy() throws Exception {
        Setup setup = Setup.plain(dir);
        try (ForeignSpeaker peer = start(setup)) {
            SpeakerDaemon us = us(setup);
            try {
                awaitUp(peer, us);
                us.shutdown();
            } finally {
                us.close();
            }
            Await.until("it knows",
                    () -> peer.lastError().matches("(?si).*administrative(.shutdown|ly down).*|"
                            + ".*\"code\" ?: ?6, ?\"subcode\" ?: ?2.*"));
        }
    }

    @Test
    void itsShutdownTellsUsWhy() throws Exception {
        Setup setup = Setup.plain(dir);
        try (ForeignSpeaker peer = start(setup); SpeakerDaemon us = us(setup)) {
            awaitUp(peer, us);
            peer.announce(Sent.plain(THEIRS));
            Await.until("its route", () -> us.best(THEIRS).isPresent());
            peer.shutdown("maintenance");
            Await.until("we know", () -> us.neighbors().getFirst().lastError()
                    .filter(error -> error.contains("Cease/Administrative Shutdown")
                            && (!saysWhy() || error.contains("maintenance")))
                    .isPresent());
            Await.until("its route is gone", () -> us.best(THEIRS).isEmpty());
        }
    }

    @Test
    void itConnects() throws Exception {
        Setup setup = Setup.plain(dir).with(Connects.THEY);
        try (SpeakerDaemon us = us(setup); ForeignSpeaker peer = start(setup)) {
            awaitUp(peer, us);
            awaitPath(peer, setup, 3);
        }
    }

    /** Whoever wins the collision (RFC 4271 section 6.8), one session comes of it and stays. */
    @Test
    void bothConnect() throws Exception {
        Setup setup = Setup.plain(dir).with(Connects.BOTH);
        try (SpeakerDaemon us = us(setup); ForeignSpeaker peer = start(setup)) {
            awaitUp(peer, us);
            awaitPath(peer, setup, 3);
            Await.until("it stays", () -> us.neighbors().getFirst().uptimeMs() > 2000);
            assertTrue(peer.established());
        }
    }

    @Test
    void md5() throws Exception {
        needs(Feature.MD5);
        Setup setup = Setup.plain(dir).with(Extras.NONE.withPassword("correct-horse"))
                .with(opensSigned());
        NeighborOptions same = tcp(TcpOptions.NONE.withPassword("correct-horse"));
        try (ForeignSpeaker peer = start(setup); SpeakerDaemon us = us(setup, same)) {
            awaitUp(peer, us);
            awaitPath(peer, setup, 3);
        }
    }

    @Test
    void anotherMd5PasswordIsNoSession() throws Exception {
        needs(Feature.MD5);
        Setup setup = Setup.plain(dir).with(Extras.NONE.withPassword("correct-horse"))
                .with(opensSigned());
        NeighborOptions wrong = tcp(TcpOptions.NONE.withPassword("battery-staple"));
        try (ForeignSpeaker peer = start(setup)) {
            try (SpeakerDaemon us = us(setup, wrong)) {
                neverUp(peer, us);
            }
        }
    }

    @Test
    void ttlSecurity() throws Exception {
        needs(Feature.TTL_SECURITY);
        Setup setup = Setup.plain(dir).with(Extras.NONE.withTtlSecurity());
        NeighborOptions near = tcp(TcpOptions.NONE.withTtlSecurity(1));
        try (ForeignSpeaker peer = start(setup); SpeakerDaemon us = us(setup, near)) {
            awaitUp(peer, us);
            awaitPath(peer, setup, 3);
        }
    }

    @Test
    void itsRestartKeepsItsRoutesUntilItIsBackWithoutThem() throws Exception {
        Setup setup = Setup.plain(dir).with(Extras.NONE.withRestart(30));
        try (ForeignSpeaker peer = start(setup); SpeakerDaemon us = us(setup, restarting())) {
            awaitUp(peer, us);
            peer.announce(Sent.plain(THEIRS));
            Await.until("its route", () -> us.best(THEIRS).isPresent());
            peer.kill();
            Await.until("down", () -> !up(us));
            if (!has(Feature.RESTART)) {
                Await.until("gone with it", () -> us.best(THEIRS).isEmpty());
                return;
            }
            assertTrue(us.best(THEIRS).isPresent(), "kept while it restarts");
            peer.start();
            awaitUp(peer, us);
            Await.until("not announced again", () -> us.best(THEIRS).isEmpty());
        }
    }

    @Test
    void ourRestartKeepsOurRoutes() throws Exception {
        Setup setup = Setup.plain(dir).with(Extras.NONE.withRestart(30));
        try (ForeignSpeaker peer = start(setup)) {
            Process first = OurProcess.launch(setup);
            try {
                awaitPath(peer, setup, 3);
            } finally {
                first.destroyForcibly().waitFor();
            }
            Await.until("down at the peer", () -> !peer.established());
            if (has(Feature.RESTART_HELPER)) {
                assertTrue(peer.seen(Setup.PREFIX).isPresent(), "kept while we restart");
            }
            Process second = OurProcess.launch(setup);
            try {
                Await.until("up again", peer::established);
                awaitPath(peer, setup, 3);
            } finally {
                second.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void rolesThatFit() throws Exception {
        // A peer without roles is no obstacle unless we are strict.
        Setup setup = Setup.plain(dir)
                .with(has(Feature.ROLE) ? Extras.NONE.withRole("provider") : Extras.NONE);
        try (ForeignSpeaker peer = start(setup); SpeakerDaemon us = us(setup, customer(false))) {
            awaitUp(peer, us);
            awaitPath(peer, setup, 3);
        }
    }

    @Test
    void rolesThatDoNotFit() throws Exception {
        // A peer without roles fits no strict one.
        Setup setup = Setup.plain(dir)
                .with(has(Feature.ROLE) ? Extras.NONE.withRole("customer") : Extras.NONE);
        try (ForeignSpeaker peer = start(setup);
                SpeakerDaemon us = us(setup, customer(!has(Feature.ROLE)))) {
            Await.until("refused", () -> us.neighbors().getFirst().lastError()
                    .filter(error -> error.contains("ole")).isPresent());
            neverUp(peer, us);
        }
    }

    private static NeighborOptions customer(boolean strict) {
        return NeighborOptions.DEFAULTS
                .with(SessionOptions.DEFAULTS.withRole(BgpRole.CUSTOMER, strict));
    }

    private static NeighborOptions restarting() {
        return NeighborOptions.DEFAULTS
                .with(SessionOptions.DEFAULTS.withGracefulRestart(RestartOptions.DEFAULTS));
    }

    private static NeighborOptions tcp(TcpOptions options) {
        return NeighborOptions.DEFAULTS.with(options);
    }

    /** Not within the time in which sessions come up otherwise. */
    private static void neverUp(ForeignSpeaker peer, SpeakerDaemon us) throws IOException {
        long deadline = System.nanoTime() + NO_SESSION.toNanos();
        Await.until("the time is over", () -> {
            assertFalse(up(us) || peer.established(), "there must be no session");
            return System.nanoTime() - deadline > 0;
        });
    }

    @Test
    void killedAndBack() throws Exception {
        Setup setup = Setup.plain(dir);
        try (ForeignSpeaker peer = start(setup); SpeakerDaemon us = us(setup)) {
            awaitUp(peer, us);
            peer.announce(Sent.plain(THEIRS));
            Await.until("its route", () -> us.best(THEIRS).isPresent());
            peer.kill();
            Await.until("down", () -> !up(us));
            Await.until("its route is gone", () -> us.best(THEIRS).isEmpty());
            peer.start();
            awaitUp(peer, us);
            awaitPath(peer, setup, 3);
        }
    }

    @Test
    void afterKillMinus9WeAnnounceTheStanceOnDisk() throws Exception {
        Setup setup = Setup.plain(dir);
        try (ForeignSpeaker peer = start(setup)) {
            SpeakerClient client = new SpeakerClient(setup.dir().resolve("us.sock"));
            Process first = OurProcess.launch(setup);
            try {
                Await.until("accepted", () -> client.setStance("shop", 9, Setup.PREFIX,
                        "backup") instanceof StanceReply.Accepted);
                awaitPath(peer, setup, 5);
            } finally {
                first.destroyForcibly().waitFor();
            }
            Await.until("gone from the peer", () -> peer.seen(Setup.PREFIX).isEmpty());
            Process second = OurProcess.launch(setup);
            try {
                Seen back = Await.value("back at the peer", () -> peer.seen(Setup.PREFIX));
                assertEquals(Collections.nCopies(5, setup.ourAs()), back.asPath());
                assertInstanceOf(StanceReply.Refused.class,
                        client.setStance("shop", 8, Setup.PREFIX, "best"));
            } finally {
                second.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void silenceIsADeadPeer() throws Exception {
        Setup setup = Setup.plain(dir);
        try (ForeignSpeaker peer = start(setup); SpeakerDaemon us = us(setup)) {
            awaitUp(peer, us);
            peer.announce(Sent.plain(THEIRS));
            Await.until("its route", () -> us.best(THEIRS).isPresent());
            long since = System.nanoTime();
            peer.pause();
            Await.until("its route is gone", () -> us.best(THEIRS).isEmpty());
            long waited = (System.nanoTime() - since) / 1_000_000;
            assertTrue(waited > 1500 && waited < 6000, "after " + waited + " ms");
            assertTrue(us.neighbors().getFirst().lastError().orElse("").toLowerCase(
                    java.util.Locale.ROOT).contains("hold"),
                    () -> us.neighbors().getFirst().toString());
        }
    }
}
