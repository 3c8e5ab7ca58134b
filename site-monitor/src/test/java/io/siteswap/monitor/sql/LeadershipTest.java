package io.siteswap.monitor.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.sql.Leadership.Change;
import io.siteswap.monitor.sql.Leadership.Rules;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two datacenters and an arbiter that should lead; a beat is 25, a sign is good for 100. */
class LeadershipTest {

    private static final Rules ARBITER = new Rules("arb", 0, true, List.of("dc1", "dc2"), 25, 100,
            110, 30);
    private static final Rules DC1 = new Rules("dc1", 1, false, List.of("dc1", "dc2"), 25, 100,
            110, 30);

    private static Optional<Sign> sign(long term, String node, long beat) {
        return Optional.of(new Sign(term, node, beat));
    }

    @Test
    void theFirstInTheOrderTakesAnEmptyPlaceAtOnceAndTheNextLater() {
        assertEquals(Optional.of(new Change(Optional.empty(), new Sign(1, "arb", 1))),
                Leadership.started(ARBITER, 0).due(0));
        assertEquals(Optional.empty(), Leadership.started(DC1, 0).due(29));
        assertTrue(Leadership.started(DC1, 0).due(30).isPresent());
    }

    @Test
    void aLeaderBeatsAndLeadsOnlyWhileItsSignIsFresh() {
        Leadership leads = Leadership.started(ARBITER, 0).took(10, new Sign(1, "arb", 1));
        assertTrue(leads.leads(109));
        assertFalse(leads.leads(110));
        assertEquals(Optional.empty(), leads.due(34));
        assertEquals(Optional.of(new Change(sign(1, "arb", 1), new Sign(1, "arb", 2))),
                leads.due(35));
        assertEquals("arb", leads.leader(100));
    }

    /** Its own sign, read back after a restart, is no proof that it leads. */
    @Test
    void aSignThatIsOnlyReadMakesNoLeader() {
        Leadership restarted = Leadership.started(ARBITER, 500).sees(500, sign(7, "arb", 3));
        assertFalse(restarted.leads(500));
        Leadership beaten = restarted.took(530, restarted.due(530).orElseThrow().after());
        assertTrue(beaten.leads(530));
        assertEquals(sign(7, "arb", 4), beaten.seen());
    }

    @Test
    void aSignThatStandsStillIsReplacedInTurn() {
        Leadership waits = Leadership.started(DC1, 0).sees(0, sign(3, "arb", 9))
                .sees(50, sign(3, "arb", 10)).sees(60, sign(3, "arb", 10));
        assertEquals(Optional.empty(), waits.due(189));
        assertEquals(Optional.of(new Change(sign(3, "arb", 10), new Sign(4, "dc1", 1))),
                waits.due(190));
        assertEquals("", waits.leader(190));
    }

    @Test
    void whoIsReplacedLeadsNoMore() {
        Leadership leads = Leadership.started(DC1, 0).took(10, new Sign(1, "dc1", 1));
        assertFalse(leads.sees(20, sign(2, "arb", 1)).leads(20));
    }

    @Test
    void thePreferredTakesOverFromAnyOtherAndNobodyFromIt() {
        assertEquals(Optional.of(new Change(sign(1, "dc2", 5), new Sign(2, "arb", 1))),
                Leadership.started(ARBITER, 0).sees(0, sign(1, "dc2", 5)).due(0));
        assertEquals(Optional.empty(),
                Leadership.started(DC1, 0).sees(0, sign(1, "dc2", 5)).due(0));
    }
}
