package io.siteswap.monitor.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.StanceView;
import io.siteswap.bgp.app.SpeakerClient;
import io.siteswap.monitor.action.Clusters;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ClusterConfig.App;
import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import io.siteswap.policy.plan.Resource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rise 2, fall 3. */
class FactBoardTest {

    private static final ClusterConfig CONFIG = Clusters.cluster(
            Clusters.timing(Duration.ofSeconds(1)),
            List.of(Clusters.at1("db", Resource.Type.PROMOTABLE,
                    new ResourceSettings.Postgresql("jdbc:postgresql://127.0.0.1:4/x", "u", "p",
                            List.of(), List.of(), List.of(), List.of(), List.of()))),
            Map.of(), List.of(new App("app1", URI.create("tcp://127.0.0.1:5"))),
            Map.of("dc1", URI.create("tcp://127.0.0.1:6"), "dc2",
                    URI.create("http://127.0.0.1:7/")));

    private final FactBoard board = FactBoard.of(CONFIG, "dc1");

    private static Observation heartbeat(boolean good) {
        return new Observation.Heartbeat("dc2", "dc2", "direct", good, "");
    }

    private static Observation database(boolean primary, boolean streaming, long lag) {
        return new Observation.Database("shop", "db", true, primary, streaming, lag, "");
    }

    @Test
    void everythingIsOnTheBoardFromTheStart() {
        assertEquals(List.of(new Fact.Heartbeat("dc1", "dc2", Health.UNKNOWN),
                new Fact.Heartbeat("dc1", "arb", Health.UNKNOWN),
                new Fact.Outside("dc1", "shop", "dc2", Health.UNKNOWN),
                new Fact.AppServer("shop", "dc1", "app1", Health.UNKNOWN),
                new Fact.Database("shop", "dc1", "db", Health.UNKNOWN, false),
                new Fact.Replication("shop", "dc1", "db", false, -1),
                new Fact.Announcement("shop", "dc1", "", false)), board.facts());
        assertEquals(List.of(new Fact.Heartbeat("arb", "dc1", Health.UNKNOWN),
                new Fact.Heartbeat("arb", "dc2", Health.UNKNOWN),
                new Fact.Outside("arb", "shop", "dc1", Health.UNKNOWN),
                new Fact.Outside("arb", "shop", "dc2", Health.UNKNOWN)),
                Set.copyOf(FactBoard.of(CONFIG, "arb").facts()).stream()
                        .sorted((a, b) -> a.toString().compareTo(b.toString())).toList());
    }

    @Test
    void onlyTheObservationThatTipsHealthIsNews() {
        assertEquals(Optional.empty(), board.see(heartbeat(true)));
        assertTrue(board.see(heartbeat(true)).orElseThrow()
                .contains(new Fact.Heartbeat("dc1", "dc2", Health.UP)));
        assertEquals(Optional.empty(), board.see(heartbeat(true)));
        assertEquals(Optional.empty(), board.see(heartbeat(false)));
        assertEquals(Optional.empty(), board.see(heartbeat(false)));
        assertTrue(board.see(heartbeat(false)).orElseThrow()
                .contains(new Fact.Heartbeat("dc1", "dc2", Health.DOWN)));
    }

    @Test
    void aSiteIsHeardAlongAnyPathAndEachPathIsAFact() {
        FactBoard two = FactBoard.of(Clusters.withPath(CONFIG, "dc2", "internet", "127.0.0.1:9"),
                "dc1");
        Observation direct = new Observation.Heartbeat("dc2", "dc2", "direct", true, "");
        Observation cut = new Observation.Heartbeat("dc2", "dc2", "internet", false, "");
        for (int i = 0; i < 3; i++) {
            two.see(direct);
            two.see(cut);
        }
        assertTrue(two.facts().containsAll(List.of(new Fact.Heartbeat("dc1", "dc2", Health.UP),
                new Fact.Path("dc1", "dc2", "direct", Health.UP),
                new Fact.Path("dc1", "dc2", "internet", Health.DOWN))), two.facts().toString());
        assertTrue(two.facts().stream().noneMatch(
                it -> it instanceof Fact.Path path && path.to().equals("arb")), "one path only");
        for (int i = 0; i < 3; i++) {
            two.see(new Observation.Heartbeat("dc2", "dc2", "direct", false, ""));
        }
        assertTrue(two.facts().contains(new Fact.Heartbeat("dc1", "dc2", Health.DOWN)));
    }

    @Test
    void slowAnswersAreGoodOnes() {
        FactBoard board = FactBoard.of(Clusters.withClient(CONFIG, "http://127.0.0.1:8/"), "arb");
        Observation quick = new Observation.Client("shop", true, false, "");
        Observation slow = new Observation.Client("shop", true, true, "");
        Observation none = new Observation.Client("shop", false, false, "");
        List.of(quick, slow, slow).forEach(board::see);
        assertTrue(board.facts().contains(new Fact.Client("arb", "shop", Health.UP, false)),
                "two slow answers are no pattern yet");
        List.of(none, slow).forEach(board::see);
        assertTrue(board.facts().contains(new Fact.Client("arb", "shop", Health.UP, true)),
                "an answer that did not come says nothing about how fast others are");
        List.of(quick, quick).forEach(board::see);
        assertTrue(board.facts().contains(new Fact.Client("arb", "shop", Health.UP, false)));
        List.of(none, none, none).forEach(board::see);
        assertTrue(board.facts().contains(new Fact.Client("arb", "shop", Health.DOWN, false)));
    }

    @Test
    void aPrimaryHasNoReplicationAndADeadOneIsNoPrimary() {
        board.see(database(true, false, 0));
        List<Fact> up = board.see(database(true, false, 0)).orElseThrow();
        assertTrue(up.contains(new Fact.Database("shop", "dc1", "db", Health.UP, true)));
        assertTrue(up.stream().noneMatch(f -> f instanceof Fact.Replication));
        board.see(Observation.Database.bad("shop", "db", "refused"));
        assertEquals(Optional.empty(),
                board.see(Observation.Database.bad("shop", "db", "refused")),
                "one bad look changes nothing");
        List<Fact> down = board.see(Observation.Database.bad("shop", "db", "refused"))
                .orElseThrow();
        assertTrue(down.contains(new Fact.Database("shop", "dc1", "db", Health.DOWN, false)));
    }

    @Test
    void lagIsNewsOnlyInSteps() {
        board.see(database(false, true, 0));
        board.see(database(false, true, 30));
        assertTrue(board.facts().contains(new Fact.Replication("shop", "dc1", "db", true, 0)));
        assertEquals(Optional.empty(), board.see(database(false, true, 99)));
        assertTrue(board.see(database(false, true, 950)).orElseThrow()
                .contains(new Fact.Replication("shop", "dc1", "db", true, 800)));
        assertEquals(Optional.empty(), board.see(database(false, true, 1200)));
        assertTrue(board.see(database(false, false, -1)).orElseThrow()
                .contains(new Fact.Replication("shop", "dc1", "db", false, -1)));
    }

    @Test
    void anAnnouncementIsTakenWhenAnEstablishedSessionHasIt() {
        SpeakerProbe probe = new SpeakerProbe("shop", List.of("203.0.113.0/24"),
                Set.of("withdrawn"), new SpeakerClient(Path.of("/nonexistent")));
        StanceView sent = stance("best", Map.of("isp1", true, "isp2", false));
        assertTrue(probe.judge(List.of(sent), Set.of("isp1")).taken());
        assertEquals("best", probe.judge(List.of(sent), Set.of("isp1")).rung());
        assertEquals(false, probe.judge(List.of(sent), Set.of("isp2")).taken());
        assertEquals(false, probe.judge(List.of(sent), Set.of()).taken());
        assertEquals(false, probe.judge(List.of(), Set.of("isp1")).taken());
        assertEquals(false, probe
                .judge(List.of(stance("withdrawn", Map.of("isp1", true))), Set.of("isp1")).taken());
    }

    private static StanceView stance(String rung, Map<String, Boolean> written) {
        return new StanceView("203.0.113.0/24", "shop", rung, 1, written);
    }
}
