package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.SpeakerConfig.Neighbor;
import io.siteswap.bgp.app.SpeakerConfig.Origination;
import io.siteswap.bgp.rib.PrefixFilter;
import io.siteswap.bgp.rib.ImportOptions;
import io.siteswap.bgp.speaker.Ladder;
import io.siteswap.bgp.speaker.Rung;
import io.siteswap.bgp.wire.Community;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running speaker gets another configuration; two upstreams watch what they are told. */
class ReloadTest {

    private static final String US = "127.43.1.1";
    private static final String ISP1 = "127.43.2.1";
    private static final String ISP2 = "127.43.3.1";
    private static final String SECOND = "198.51.100.0/24";

    @TempDir
    Path dir;

    private final int port1;
    private final int port2;

    ReloadTest() throws IOException {
        port1 = Ports.free(ISP1);
        port2 = Ports.free(ISP2);
    }

    /** What the speaker finds when it reads its configuration again. */
    private static final class File {
        private volatile SpeakerConfig now;

        File(SpeakerConfig first) {
            now = first;
        }
    }

    private SpeakerDaemon isp(String name, String address, int port) throws Exception {
        return SpeakerDaemon.start(Configs.receiver(dir, name, address, port,
                Configs.neighbor("us", US, 1, 64500, true, address)));
    }

    private Neighbor isp1() {
        return Configs.neighbor("isp1", ISP1, port1, 64510, false, US);
    }

    private Neighbor isp2() {
        return Configs.neighbor("isp2", ISP2, port2, 64510, false, US);
    }

    private SpeakerConfig us(Ladder ladder, List<Neighbor> neighbors, String... prefixes) {
        return new SpeakerConfig("us", 64500, "198.18.1.1", Optional.empty(),
                Duration.ofSeconds(3), Duration.ofMillis(200), neighbors, ladder,
                List.of(prefixes).stream().map(p -> new Origination(p, "shop", "normal"))
                        .toList(),
                dir.resolve("us.stances"), dir.resolve("us.sock"));
    }

    private static void awaitPath(SpeakerDaemon isp, String prefix, int length) {
        Await.until(prefix + " with a path of " + length, () -> isp.best(prefix)
                .filter(r -> r.asPath().size() == length).isPresent());
    }

    private static long uptime(SpeakerDaemon us, String neighbor) {
        return us.neighbors().stream().filter(n -> n.name().equals(neighbor)).findFirst()
                .orElseThrow().uptimeMs();
    }

    @Test
    void onlyWhatChangedIsTouched() throws Exception {
        File file = new File(
                us(Ladder.standard(), List.of(isp1()), Configs.PREFIX));
        try (SpeakerDaemon one = isp("isp1", ISP1, port1);
                SpeakerDaemon two = isp("isp2", ISP2, port2);
                SpeakerDaemon us = SpeakerDaemon.start(file.now)) {
            comesAndGoes(file, one, two, us);
        }
    }

    private void comesAndGoes(File file, SpeakerDaemon one, SpeakerDaemon two, SpeakerDaemon us) {
        us.reloadsFrom(() -> file.now);
        awaitPath(one, Configs.PREFIX, 3);
        assertEquals(List.of(), us.reload());

        file.now = us(Ladder.standard(), List.of(isp1(), isp2()), Configs.PREFIX, SECOND);
        assertEquals(List.of("neighbor isp2: added", "prefix " + SECOND + ": added"),
                us.reload());
        awaitPath(two, Configs.PREFIX, 3);
        awaitPath(one, SECOND, 3);
        long sessions = one.neighbors().getFirst().messagesIn();
        assertTrue(uptime(us, "isp1") >= uptime(us, "isp2"), "isp1 was not touched");

        file.now = us(Ladder.standard(), List.of(isp1()), SECOND);
        assertEquals(
                List.of("neighbor isp2: removed", "prefix " + Configs.PREFIX + ": withdrawn"),
                us.reload());
        Await.until("withdrawn", () -> one.best(Configs.PREFIX).isEmpty());
        Await.until("isp2 is told why", () -> two.neighbors().getFirst().lastError()
                .filter(e -> e.contains("De-configured")).isPresent());
        awaitPath(one, SECOND, 3);
        assertTrue(one.neighbors().getFirst().messagesIn() >= sessions,
                "the session of isp1 is still the first one");
    }

    @Test
    void aLadderThatMeansSomethingElseIsToldAgain() throws Exception {
        File file = new File(
                us(Ladder.standard(), List.of(isp1()), Configs.PREFIX));
        try (SpeakerDaemon one = isp("isp1", ISP1, port1);
                SpeakerDaemon us = SpeakerDaemon.start(file.now)) {
            us.reloadsFrom(() -> file.now);
            awaitPath(one, Configs.PREFIX, 3);
            Map<String, Rung> rungs = new LinkedHashMap<>(Ladder.standard().rungs());
            rungs.put("normal", Rung.prepended(5).withAsks(List.of("lower-local-pref")));
            file.now = us(new Ladder(rungs),
                    List.of(isp1().with(
                            Map.of("lower-local-pref", Community.parse("64510:80")))),
                    Configs.PREFIX);
            us.reload();
            awaitPath(one, Configs.PREFIX, 6);
            Await.until("its own community", () -> one.best(Configs.PREFIX).orElseThrow()
                    .communities().equals(List.of("64510:80")));
            assertEquals(List.of("64510:80"),
                    us.advertised("isp1", 10, RouteQuery.Cursor.START).routes().getFirst()
                            .communities());
        }
    }

    @Test
    void anotherFilterAsksForTheRoutesAgainAndKeepsTheSession() throws Exception {
        File file = new File(
                us(Ladder.standard(), List.of(isp1()), Configs.PREFIX));
        SpeakerConfig sender = new SpeakerConfig("isp1", 64510, "198.18.2.1",
                Optional.of(ISP1 + ":" + port1), Duration.ofSeconds(3), Duration.ofMillis(200),
                List.of(Configs.neighbor("us", US, 1, 64500, true, ISP1)), Ladder.standard(),
                List.of(new Origination(SECOND, "other", "normal")), dir.resolve("isp1.stances"),
                dir.resolve("isp1.sock"));
        try (SpeakerDaemon _ = SpeakerDaemon.start(sender);
                SpeakerDaemon us = SpeakerDaemon.start(file.now)) {
            us.reloadsFrom(() -> file.now);
            Await.until("its route", () -> us.best(SECOND).isPresent());
            file.now = us(Ladder.standard(),
                    List.of(isp1().with(NeighborOptions.DEFAULTS.with(
                            ImportOptions.EVERYTHING.withFilter(PrefixFilter.NOTHING)))),
                    Configs.PREFIX);
            assertEquals(List.of("neighbor isp1: asked for its routes again"), us.reload());
            Await.until("filtered", () -> us.best(SECOND).isEmpty());
            assertEquals("Established", us.neighbors().getFirst().state());
        }
    }

    @Test
    void whatNeedsARestartChangesNothing() throws Exception {
        SpeakerConfig before = us(Ladder.standard(), List.of(), Configs.PREFIX);
        try (SpeakerDaemon us = SpeakerDaemon.start(before)) {
            us.reloadsFrom(() -> new SpeakerConfig("us", 64501, "198.18.1.1", Optional.empty(),
                    Duration.ofSeconds(3), Duration.ofMillis(200), List.of(), Ladder.standard(),
                    List.of(), before.stateFile(), before.socket()));
            var refused = assertThrows(IllegalArgumentException.class, us::reload);
            assertEquals("Nothing was changed: a change of as needs a restart of the speaker.",
                    refused.getMessage());
            assertEquals(1, us.stances().size());
        }
    }

    @Test
    void aPrefixThatFlapsIsHeldUnlessSomebodyInsists() throws Exception {
        SpeakerConfig config = us(Ladder.standard(), List.of(), Configs.PREFIX)
                .with(SpeakerOptions.DEFAULTS.withFlaps(
                        new SpeakerOptions.FlapLimit(2, Duration.ofMinutes(10))));
        try (SpeakerDaemon us = SpeakerDaemon.start(config)) {
            assertInstanceOf(StanceReply.Accepted.class,
                    us.setStance("shop", 1, Configs.PREFIX, "best"));
            assertInstanceOf(StanceReply.Accepted.class,
                    us.setStance("shop", 1, Configs.PREFIX, "backup"));
            assertInstanceOf(StanceReply.Accepted.class,
                    us.setStance("shop", 2, Configs.PREFIX, "backup"), "an epoch is no change");
            var held = assertInstanceOf(StanceReply.Refused.class,
                    us.setStance("shop", 2, Configs.PREFIX, "best"));
            assertTrue(held.reason().startsWith(Configs.PREFIX + " changed its rung 2 times"),
                    held.reason());
            assertEquals("backup", us.stances().getFirst().rung());
            assertInstanceOf(StanceReply.Accepted.class,
                    us.setStance("shop", 2, Configs.PREFIX, "best", true));
        }
    }
}
