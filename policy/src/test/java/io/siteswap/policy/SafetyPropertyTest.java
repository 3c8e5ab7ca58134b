package io.siteswap.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.policy.engine.Engine;
import io.siteswap.policy.engine.RulePacks;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Fact.Announcement;
import io.siteswap.policy.facts.Fact.AppServer;
import io.siteswap.policy.facts.Fact.Blocked;
import io.siteswap.policy.facts.Fact.Candidate;
import io.siteswap.policy.facts.Fact.Database;
import io.siteswap.policy.facts.Fact.Heartbeat;
import io.siteswap.policy.facts.Fact.Holder;
import io.siteswap.policy.facts.Fact.MoveRequest;
import io.siteswap.policy.facts.Fact.Moving;
import io.siteswap.policy.facts.Fact.Outside;
import io.siteswap.policy.facts.Fact.Replication;
import io.siteswap.policy.facts.Fact.Site;
import io.siteswap.policy.facts.Health;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Decision.Kind;
import io.siteswap.policy.plan.Placement;
import io.siteswap.policy.verdicts.Verdict;
import io.siteswap.policy.verdicts.Verdict.SiteLost;
import io.siteswap.policy.verdicts.Verdict.Stance;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must hold for any facts at all: random worlds, fixed seeds. */
class SafetyPropertyTest {

    private static final int WORLDS = 2000;
    private static final List<String> SITES = List.of("dc1", "dc2", "arb");

    private final Engine engine = RulePacks.load(List.of());

    @Test
    void shippedPacksKeepTheRules() {
        Map<Kind, Integer> seen = new EnumMap<>(Kind.class);
        for (int seed = 0; seed < WORLDS; seed++) {
            List<Fact> facts = world(new Random(seed));
            List<Verdict> verdicts = engine.evaluate(facts);
            Decision decision = Placement.decide(facts, verdicts).getFirst();
            String context = "seed " + seed + "\n" + facts + "\n" + verdicts + "\n" + decision;
            seen.merge(decision.kind(), 1, Integer::sum);
            lossNeedsTwoSignals(facts, verdicts, context);
            announcementsFailStatic(facts, verdicts, context);
            holdsHold(facts, decision, context);
            targetsAreUsable(facts, decision, context);
        }
        assertEquals(EnumSet.of(Kind.STAY, Kind.FAILOVER, Kind.SWITCHOVER, Kind.HELD,
                Kind.REFUSED), seen.keySet(), "kinds reached: " + seen);
    }

    private static void lossNeedsTwoSignals(List<Fact> facts, List<Verdict> verdicts,
            String context) {
        only(verdicts, SiteLost.class).forEach(lost -> {
            long silent = only(facts, Heartbeat.class).filter(
                    beat -> beat.to().equals(lost.site()) && beat.health() == Health.DOWN).count();
            long closed = only(facts, Outside.class).filter(
                    out -> out.site().equals(lost.site()) && out.health() == Health.DOWN).count();
            assertTrue(silent == 2 && closed == 2, context);
        });
    }

    private static void announcementsFailStatic(List<Fact> facts, List<Verdict> verdicts,
            String context) {
        only(verdicts, Stance.class).forEach(stance -> {
            boolean worse = only(facts, Announcement.class)
                    .anyMatch(now -> now.site().equals(stance.site()) && RulePacks.LADDER
                            .indexOf(now.rung()) < RulePacks.LADDER.indexOf(stance.rung()));
            boolean another = only(facts, Announcement.class).anyMatch(
                    now -> !now.site().equals(stance.site()) && now.taken());
            assertTrue(!worse || another, context);
        });
    }

    private static void holdsHold(List<Fact> facts, Decision decision, String context) {
        boolean moving = only(facts, Moving.class).findAny().isPresent();
        boolean blocked = only(facts, Blocked.class).findAny().isPresent();
        boolean asked = only(facts, MoveRequest.class).findAny().isPresent();
        assertTrue(!decision.moves() || !moving, context);
        assertTrue(!decision.moves() || !blocked || asked, context);
        assertTrue(decision.kind() != Kind.SWITCHOVER || asked, context);
        assertTrue(!decision.reasons().isEmpty(), context);
    }

    private static void targetsAreUsable(List<Fact> facts, Decision decision, String context) {
        boolean up = only(facts, Database.class).anyMatch(database -> database.site()
                .equals(decision.to()) && database.health() == Health.UP);
        boolean heard = only(facts, Heartbeat.class)
                .noneMatch(beat -> beat.from().equals("arb") && beat.to().equals(decision.to())
                        && beat.health() == Health.DOWN);
        assertTrue(!decision.moves() || (up && heard), context);
    }

    private static <T> Stream<T> only(List<?> all, Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast);
    }

    /** Mostly bad news, so that the rare combinations come up. */
    private static List<Fact> world(Random random) {
        List<Fact> facts = new ArrayList<>(List.of(new Site("dc1", false), new Site("dc2", false),
                new Site("arb", true), new Candidate("shop", "dc1", 0),
                new Candidate("shop", "dc2", 1)));
        if (random.nextInt(5) > 0) {
            facts.add(new Holder("shop", random.nextInt(3) == 0 ? "dc2" : "dc1", 3));
        }
        String suspect = random.nextBoolean() ? "dc1" : "dc2";
        for (String from : SITES) {
            for (String to : SITES) {
                if (from.equals(to)) {
                    continue;
                }
                boolean bad = to.equals(suspect);
                facts.add(new Heartbeat(from, to, health(random, bad)));
                if (!to.equals("arb")) {
                    facts.add(new Outside(from, "shop", to, health(random, bad)));
                }
            }
        }
        for (String site : List.of("dc1", "dc2")) {
            facts.add(new AppServer("shop", site, "app1", health(random, false)));
            facts.add(new Database("shop", site, "db", health(random, false),
                    random.nextBoolean()));
            facts.add(new Replication("shop", site, "db", random.nextBoolean(),
                    random.nextInt(4) * 300L - 1));
            facts.add(new Announcement("shop", site,
                    RulePacks.LADDER.get(random.nextInt(RulePacks.LADDER.size())),
                    random.nextInt(3) > 0));
        }
        if (random.nextInt(6) == 0) {
            facts.add(new Blocked("shop", "a random world"));
        }
        if (random.nextInt(6) == 0) {
            facts.add(new Moving("shop", "dc1", "dc2"));
        }
        if (random.nextInt(3) == 0) {
            facts.add(new MoveRequest("shop", random.nextBoolean() ? "dc1" : "dc2", "ann",
                    random.nextBoolean()));
        }
        return facts;
    }

    private static Health health(Random random, boolean bad) {
        int dice = random.nextInt(10);
        return dice == 0
                ? Health.UNKNOWN
                : dice < (bad ? 9 : 3) ? Health.DOWN : Health.UP;
    }
}
