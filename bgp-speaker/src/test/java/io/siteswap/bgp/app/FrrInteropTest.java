package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real FRR bgpd over TCP on loopback. */
class FrrInteropTest {

    private static final String US = "127.42.1.1";
    private static final String FRR = "127.42.9.1";

    @TempDir
    Path dir;

    @BeforeEach
    void frrIsThere() {
        Frr.assumeInstalled();
    }

    private static List<String> waitingForUs() {
        return List.of("bgp router-id 198.18.9.9", "neighbor " + US + " remote-as 64500",
                "neighbor " + US + " passive", "neighbor " + US + " ebgp-multihop 2",
                "network 198.51.100.0/24");
    }

    private SpeakerConfig connecting(int port) {
        return Configs.site(dir, "dc1", US, Optional.empty(),
                Configs.frr(FRR, port, false, US));
    }

    @Test
    void frrHasOurPrefixWithThePrependsOfItsStance() throws Exception {
        int port = Ports.free(FRR);
        try (Frr frr = Frr.start(dir, FRR, port, 64510, waitingForUs());
                SpeakerDaemon us = SpeakerDaemon.start(connecting(port))) {
            Await.until("normal in FRR",
                    () -> frr.path(Configs.PREFIX).equals("64500 64500 64500"));
            us.setStance("shop", 1, Configs.PREFIX, "best");
            Await.until("best in FRR", () -> frr.path(Configs.PREFIX).equals("64500"));
            us.setStance("shop", 2, Configs.PREFIX, "drain");
            Await.until("drain in FRR", () -> frr.path(Configs.PREFIX)
                    .equals("64500 64500 64500 64500 64500 64500 64500"));
            assertEquals("graceful-shutdown",
                    frr.json("show bgp ipv4 unicast " + Configs.PREFIX + " json").path("paths")
                            .path(0).path("community").path("string").asString());
            us.setStance("shop", 3, Configs.PREFIX, "withdrawn");
            Await.until("gone from FRR", () -> frr.path(Configs.PREFIX).isEmpty());
            assertTrue(frr.established(US), "withdrawing does not cost the session");
        }
    }

    @Test
    void weHaveFrrsRouteAndItsKeepalives() throws Exception {
        int port = Ports.free(FRR);
        try (Frr _ = Frr.start(dir, FRR, port, 64510, waitingForUs());
                SpeakerDaemon us = SpeakerDaemon.start(connecting(port))) {
            RouteView route = Await.value("FRR's route", () -> us.best("198.51.100.0/24"));
            assertEquals(List.of(64510L), route.asPath());
            assertEquals(FRR, route.nextHop());
            NeighborView neighbor = us.neighbors().getFirst();
            assertEquals("Established", neighbor.state());
            assertEquals(3000, neighbor.holdMs());
            long before = neighbor.messagesIn();
            Await.until("longer than the hold time",
                    () -> us.neighbors().getFirst().uptimeMs() > 3500);
            assertTrue(us.neighbors().getFirst().messagesIn() > before);
        }
    }

    @Test
    void frrMayBeTheOneThatConnects() throws Exception {
        int ours = Ports.free(US);
        int port = Ports.free(FRR);
        List<String> connecting = List.of("bgp router-id 198.18.9.9",
                "neighbor " + US + " remote-as 64500", "neighbor " + US + " port " + ours,
                "neighbor " + US + " update-source " + FRR,
                "neighbor " + US + " ebgp-multihop 2", "neighbor " + US + " timers connect 1");
        SpeakerConfig passive = Configs.site(dir, "dc1", US, Optional.of(ours),
                Configs.frr(FRR, port, true, US));
        try (SpeakerDaemon _ = SpeakerDaemon.start(passive);
                Frr frr = Frr.start(dir, FRR, port, 64510, connecting)) {
            Await.until("normal in FRR",
                    () -> frr.path(Configs.PREFIX).equals("64500 64500 64500"));
        }
    }

    @Test
    void afterKillMinus9ThePersistedStanceIsAnnouncedAgain() throws Exception {
        int port = Ports.free(FRR);
        try (Frr frr = Frr.start(dir, FRR, port, 64510, waitingForUs())) {
            Process first = SpeakerProcess.launch(dir, "dc1", US, FRR, port);
            try {
                SpeakerClient client = new SpeakerClient(dir.resolve("dc1.sock"));
                Await.until("accepted", () -> client.setStance("shop", 9, Configs.PREFIX,
                        "backup") instanceof StanceReply.Accepted);
                Await.until("backup in FRR", () -> frr.path(Configs.PREFIX)
                        .equals("64500 64500 64500 64500 64500"));
            } finally {
                first.destroyForcibly().waitFor();
            }
            Await.until("gone from FRR", () -> frr.path(Configs.PREFIX).isEmpty());
            Process second = SpeakerProcess.launch(dir, "dc1", US, FRR, port);
            try {
                String path = Await.value("back in FRR",
                        () -> Optional.of(frr.path(Configs.PREFIX)).filter(p -> !p.isEmpty()));
                assertEquals("64500 64500 64500 64500 64500", path);
                assertInstanceOf(StanceReply.Refused.class,
                        new SpeakerClient(dir.resolve("dc1.sock")).setStance("shop", 8,
                                Configs.PREFIX, "best"));
            } finally {
                second.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void aShutdownTellsFrrWhy() throws Exception {
        int port = Ports.free(FRR);
        try (Frr frr = Frr.start(dir, FRR, port, 64510, waitingForUs())) {
            SpeakerDaemon us = SpeakerDaemon.start(connecting(port));
            Await.until("up", () -> frr.established(US));
            us.shutdown();
            Await.until("FRR knows",
                    () -> frr.json("show bgp neighbors " + US + " json").path(US)
                            .path("lastNotificationReason").asString("")
                            .startsWith("Cease/Administrative Shutdown"));
        }
    }
}
