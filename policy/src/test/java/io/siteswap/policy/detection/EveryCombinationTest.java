package io.siteswap.policy.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must hold for every combination of what three sites can see, possible or not. */
class EveryCombinationTest {

    private static final List<String> LEASES = List.of(Vantage.RUNS, Vantage.LAPSED,
            Vantage.GUARDED);
    private static final int HEARS = 6;
    private static final int DOORS = 4;

    /** Six heartbeats, four looks at front doors, three states of the lease: 3,072 worlds. */
    private static List<Vantage> vantages() {
        List<Vantage> all = new ArrayList<>();
        for (int bits = 0; bits < 1 << (HEARS + DOORS); bits++) {
            String marks = marks(bits, HEARS + DOORS);
            for (String lease : LEASES) {
                all.add(with(marks.substring(0, HEARS), marks.substring(HEARS), "++", lease));
            }
        }
        return all;
    }

    private static Vantage with(String hears, String doors, String clients, String lease) {
        Vantage well = Vantage.healthy();
        return new Vantage(well.holder(), hears, doors, well.paths(), clients, well.databases(),
                well.apps(), lease);
    }

    private static String marks(int bits, int count) {
        StringBuilder marks = new StringBuilder();
        for (int i = 0; i < count; i++) {
            marks.append((bits >> i & 1) == 1 ? '-' : '+');
        }
        return marks.toString();
    }

    @Test
    void noCombinationBreaksARule() {
        Set<String> reached = new HashSet<>();
        for (Vantage seen : vantages()) {
            List<Fact> facts = seen.facts();
            Judgement judged = Judgement.of(facts);
            String context = seen + "\n" + judged;
            judged.lost().forEach(site -> twoSignalsFromTwoSites(facts, site, context));
            boolean lapsed = !seen.lease().equals(Vantage.RUNS);
            if (judged.decision().moves()) {
                assertFalse(judged.lost().contains(judged.decision().to()), context);
                assertFalse(judged.lost().containsAll(Set.of("dc1", "dc2")), context);
                assertFalse(down(facts, "arb", judged.decision().to()), context);
                assertTrue(lapsed || complainers(facts).size() > 1,
                        "one site alone makes the service move: " + context);
            }
            assertEquals(Mirror.of(judged.verdict()),
                    Judgement.of(seen.mirrored()).verdict(), "not symmetrical: " + context);
            reached.add(judged.verdict());
        }
        assertEquals(Set.of("stays", "moves", "moves, dc1 lost", "stays, dc2 lost"), reached);
    }

    /** Rule 6: no heartbeat and no front door, each missed by both other sites. */
    private static void twoSignalsFromTwoSites(List<Fact> facts, String site, String context) {
        long silent = facts.stream().filter(it -> it instanceof Fact.Heartbeat beat
                && beat.to().equals(site) && beat.health() == Health.DOWN).count();
        long closed = facts.stream().filter(it -> it instanceof Fact.Outside door
                && door.site().equals(site) && door.health() == Health.DOWN).count();
        assertTrue(silent == 2 && closed == 2, context);
    }

    private static boolean down(List<Fact> facts, String from, String to) {
        return facts.contains(new Fact.Heartbeat(from, to, Health.DOWN));
    }

    private static Set<String> complainers(List<Fact> facts) {
        return facts.stream().flatMap(it -> switch (it) {
            case Fact.Heartbeat beat when beat.health() == Health.DOWN ->
                Stream.of(beat.from());
            case Fact.Outside door when door.health() == Health.DOWN ->
                Stream.of(door.from());
            case Fact.Client client when client.health() == Health.DOWN ->
                Stream.of(client.from());
            case Fact _ -> Stream.empty();
        }).collect(Collectors.toSet());
    }

    /** While both sites are heard, only clients and doors together move a service. */
    @Test
    void clientsAloneMoveNothing() {
        int moves = 0;
        for (int bits = 0; bits < 1 << (DOORS + 2); bits++) {
            String marks = marks(bits, DOORS + 2);
            Vantage seen = with("++++++", marks.substring(0, DOORS), marks.substring(DOORS),
                    Vantage.RUNS);
            Judgement judged = Judgement.of(seen.facts());
            boolean doors = seen.doors().startsWith("--");
            boolean blackhole = doors && seen.doors().equals("---+");
            boolean unserved = doors && !seen.doors().equals("----")
                    && seen.clients().equals("--");
            assertEquals(blackhole || unserved, judged.decision().moves(), seen + "\n" + judged);
            assertEquals(Mirror.of(judged.verdict()),
                    Judgement.of(seen.mirrored()).verdict(), seen + "\n" + judged);
            moves += judged.decision().moves() ? 1 : 0;
        }
        assertTrue(moves > 0);
    }
}
