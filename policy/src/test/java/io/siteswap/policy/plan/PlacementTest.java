package io.siteswap.policy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Fact.Candidate;
import io.siteswap.policy.facts.Fact.Holder;
import io.siteswap.policy.plan.Decision.Kind;
import io.siteswap.policy.verdicts.Verdict;
import io.siteswap.policy.verdicts.Verdict.Hold;
import io.siteswap.policy.verdicts.Verdict.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What scores and holds mean, whatever the rules are. */
class PlacementTest {

    private static final List<Fact> FACTS = List.of(new Candidate("shop", "dc2", 1),
            new Candidate("shop", "dc1", 0), new Holder("shop", "dc2", 4));

    @Test
    void infinitiesAbsorb() {
        assertEquals(Score.MINUS_INFINITY, Totals.add(Score.INFINITY, Score.MINUS_INFINITY));
        assertEquals(Score.MINUS_INFINITY, Totals.add(Score.MINUS_INFINITY, 5));
        assertEquals(Score.INFINITY, Totals.add(Score.INFINITY, -5));
        assertEquals(Score.INFINITY - 1, Totals.add(999_999, 999_999));
        assertEquals(Score.MINUS_INFINITY + 1, Totals.add(-999_999, -999_999));
    }

    @Test
    void tiesKeepTheHolder() {
        Decision decision = decide(score("dc1", 7), score("dc2", 7));
        assertEquals(Kind.STAY, decision.kind());
        assertEquals("dc2", decision.to());
        assertEquals(List.of("dc2 keeps the service. Scores: dc1 7, dc2 7."),
                decision.reasons());
    }

    @Test
    void aHigherScoreMovesAndSaysSo() {
        Decision decision = decide(score("dc1", 8), score("dc2", 7));
        assertEquals(new Decision("shop", Kind.FAILOVER, "dc2", "dc1", List.of(
                "dc1 scores higher than dc2.", "dc1 has 8.", "Scores: dc1 8, dc2 7.")), decision);
    }

    @Test
    void aHoldStopsAnAutomaticMove() {
        Decision decision = decide(score("dc2", Score.MINUS_INFINITY),
                new Hold("shop", "Wait for Ann."));
        assertEquals(Kind.HELD, decision.kind());
        assertEquals("dc2", decision.to());
        assertEquals("Wait for Ann.", decision.reasons().getFirst());
    }

    @Test
    void scoresOfAnotherServiceDoNotCount() {
        assertEquals(Kind.STAY, decide(new Score("chat", "dc2", Score.MINUS_INFINITY, "no"),
                new Hold("chat", "no")).kind());
    }

    @Test
    void aHolderThatIsNoCandidateAnyMoreIsReplaced() {
        Decision decision = Placement.decide(
                List.of(new Candidate("shop", "dc1", 0), new Holder("shop", "old", 4)), List.of())
                .getFirst();
        assertEquals(Kind.FAILOVER, decision.kind());
        assertEquals("old holds the service, but is not one of its sites.",
                decision.reasons().getFirst());
    }

    private static Decision decide(Verdict... verdicts) {
        return Placement.decide(FACTS, List.of(verdicts)).getFirst();
    }

    private static Score score(String site, int value) {
        return new Score("shop", site, value, site + " has " + value + ".");
    }
}
