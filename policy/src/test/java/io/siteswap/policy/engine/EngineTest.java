package io.siteswap.policy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Fact.Announcement;
import io.siteswap.policy.facts.Fact.Candidate;
import io.siteswap.policy.facts.Fact.Heartbeat;
import io.siteswap.policy.facts.Fact.Holder;
import io.siteswap.policy.facts.Health;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Placement;
import io.siteswap.policy.verdicts.Verdict;
import io.siteswap.policy.verdicts.Verdict.Hold;
import io.siteswap.policy.verdicts.Verdict.Stance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {

    private static final Engine SHIPPED = RulePacks.load(List.of()).warmUp();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theOrderOfFactsDoesNotMatter() {
        List<Verdict> expected = SHIPPED.evaluate(Example.facts());
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            List<Fact> facts = new ArrayList<>(Example.facts());
            Collections.shuffle(facts, random);
            assertEquals(expected, SHIPPED.evaluate(facts));
        }
    }

    @Test
    void severalThreadsShareAnEngine() {
        List<Verdict> expected = SHIPPED.evaluate(Example.facts());
        assertTrue(IntStream.range(0, 200).parallel()
                .allMatch(i -> SHIPPED.evaluate(Example.facts()).equals(expected)));
    }

    @Test
    void noFactsNoVerdicts() {
        assertEquals(List.of(), SHIPPED.evaluate(List.of()));
    }

    @Test
    void addedScoreCannotSaveALostSite() throws IOException {
        Engine engine = added("""
                rule "dc1 for ever */ // or so"
                when
                    Candidate($service : service, site == "dc1")
                then
                    say.score($service, "dc1", Score.INFINITY, "We love dc1.");
                end
                """);
        Decision decision = Placement.decide(Example.facts(),
                engine.evaluate(Example.facts())).getFirst();
        assertEquals(Decision.Kind.HELD, decision.kind());
        assertTrue(decision.reasons().contains("A lost site cannot hold a service."));
    }

    @Test
    void addedStanceWinsOverTheShippedOne() throws IOException {
        Engine engine = added("""
                rule "dc2 is in maintenance"
                when
                    Holder($service : service, site != "dc2")
                then
                    say.stance($service, "dc2", "drain", "dc2 is in maintenance.");
                end
                """);
        assertEquals("drain", stance(engine, healthy(true), "dc2").rung());
        assertEquals("backup", stance(SHIPPED, healthy(true), "dc2").rung());
    }

    @Test
    void addedStanceCannotWithdrawTheOnlyAnnouncement() throws IOException {
        Engine engine = added("""
                rule "hide everywhere"
                when
                    Candidate($service : service, $site : site)
                then
                    say.stance($service, $site, "withdrawn", "Hide.");
                end
                """);
        assertEquals("normal", stance(engine, healthy(false), "dc1").rung());
        // dc2's is not taken, but dc1's is: dc2 may go.
        assertEquals("withdrawn", stance(engine, healthy(false), "dc2").rung());
    }

    @Test
    void rulesWithoutEndMoveNothing() throws IOException {
        Engine engine = added("""
                rule "more"
                when
                    Score($service : service, $site : site, $value : value, $reason : reason,
                        value > 0)
                then
                    say.score($service, $site, $value + 1, "More.");
                end
                """);
        List<Verdict> verdicts = engine.evaluate(Example.facts());
        assertTrue(verdicts.stream().anyMatch(Hold.class::isInstance), verdicts::toString);
        assertEquals(Decision.Kind.STAY,
                Placement.decide(Example.facts(), verdicts).getFirst().kind());
    }

    @Test
    void twoAddedFilesMayUseTheSameNames() throws IOException {
        String rule = """
                package acme
                rule "look"
                when
                    Holder($service : service, $site : site)
                then
                    say.alarm($service, "%s: " + $site);
                end
                """;
        Path one = Files.writeString(folder.resolve("one.drl"), rule.formatted("one"));
        Path two = Files.writeString(folder.resolve("two.drl"), rule.formatted("two"));
        List<String> reasons = RulePacks.load(List.of(one, two))
                .evaluate(List.of(new Holder("shop", "dc1", 1))).stream().map(Verdict::reason)
                .toList();
        assertTrue(reasons.containsAll(List.of("one: dc1", "two: dc1")), reasons::toString);
    }

    @Test
    void aLadderOfOnesOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("own.drl"), """
                rule "gently"
                when
                    Holder($service : service)
                then
                    say.stance($service, "dc2", "soft", "Gently.");
                end
                """);
        List<String> ladder = List.of("best", "normal", "soft", "backup");
        Engine engine = RulePacks.load(List.of(file), ladder);
        assertEquals("soft", stance(engine, healthy(true), "dc2").rung());
    }

    private Engine added(String rules) throws IOException {
        return RulePacks.load(List.of(Files.writeString(folder.resolve("added.drl"), rules)));
    }

    private static Stance stance(Engine engine, List<Fact> facts, String site) {
        return engine.evaluate(facts).stream().filter(Stance.class::isInstance)
                .map(Stance.class::cast).filter(stance -> stance.site().equals(site)).findFirst()
                .orElseThrow();
    }

    private static List<Fact> healthy(boolean backupTaken) {
        return List.of(new Candidate("shop", "dc1", 0), new Candidate("shop", "dc2", 1),
                new Holder("shop", "dc1", 1), new Heartbeat("arb", "dc1", Health.UP),
                new Heartbeat("arb", "dc2", Health.UP), new Heartbeat("dc2", "dc1", Health.UP),
                new Announcement("shop", "dc1", "normal", true),
                new Announcement("shop", "dc2", "backup", backupTaken));
    }
}
