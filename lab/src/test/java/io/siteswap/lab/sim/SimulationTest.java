package io.siteswap.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few of the lives that {@code siteswap sim} tries; {@code -Dsim.seeds=N} tries more. */
class SimulationTest {

    private static final int SEEDS = Integer.getInteger("sim.seeds", 300);
    private static final int SEEDS_OF_A_MUTATION = 500;

    @Test
    void keepsItsPromisesUnderFaults() {
        Campaign.Found found = Campaign.run(1, SEEDS, Mutation.NONE, 1);
        assertEquals(Optional.empty(), found.first().flatMap(Life::violation));
        assertEquals(SEEDS, found.tally().lives());
    }

    /** A simulation that cannot fail shows nothing. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noticesWhatIsBroken(Mutation mutation) {
        Campaign.Found found = Campaign.run(1, SEEDS_OF_A_MUTATION, mutation, 1);
        assertTrue(found.first().isPresent(), mutation.what());
    }

    @Test
    void aSeedIsALife() {
        assertEquals(Life.of(7, Mutation.NONE, new Tally()),
                Life.of(7, Mutation.NONE, new Tally()));
    }

    /** Where nobody comes by, nothing is shown. */
    @Test
    void theInterestingStatesAreReached() {
        Set<String> reached = Campaign.run(1, SEEDS, Mutation.NONE, 1).tally().states().keySet();
        assertTrue(reached.containsAll(List.of("ticket REVOKING", "ticket RELEASED",
                "transition FAILOVER ended", "transition SWITCHOVER ended",
                "transition RESTORE ended", "transition SWITCHOVER ended before its grant",
                "leader elected during FAILOVER", "leader elected, ticket REVOKING",
                "holder is back, HELD", "holder is back, REVOKING", "blocked after a move",
                "3 members, 2 services", "5 members, 1 service", "5 members, 2 services",
                "failover lost transactions",
                "failover lost nothing, commits waited for the replica",
                "switchover lost nothing, nothing had happened to the data's way",
                "commits no longer wait for the replica",
                "a site that has more is not let follow", "standby rebuilt")),
                () -> "only " + reached);
    }
}
