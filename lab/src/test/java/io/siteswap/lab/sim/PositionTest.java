package io.siteswap.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.lab.sim.Position.Branch;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PositionTest {

    /** The first writer has come to 100; the second was promoted at 70, the third at 90 of that. */
    private static final Position FIRST = grown(1, Position.START, 100);
    private static final Position SECOND = grown(2, FIRST.upTo(70), 95);
    private static final Position THIRD = grown(3, SECOND.upTo(90), 120);

    private static Position grown(int id, Position from, long count) {
        return new Position(new Branch(id, Optional.of(from)), count);
    }

    @Test
    void whatTwoHistoriesHaveInCommonEndsWhereTheyPart() {
        assertEquals(70, Position.common(FIRST, SECOND));
        assertEquals(70, Position.common(THIRD, FIRST));
        assertEquals(90, Position.common(SECOND, THIRD));
        assertEquals(60, Position.common(FIRST.upTo(60), THIRD));
        assertEquals(30, FIRST.beyond(THIRD));
        assertEquals(0, Position.START.beyond(THIRD));
    }

    /** A branch on which nothing has been written yet may end before it begins. */
    @Test
    void aPartOfABranchThatEndsBeforeItBeginsIsAPartOfItsParent() {
        assertEquals(40, Position.common(SECOND.upTo(40), FIRST));
        assertEquals(0, SECOND.upTo(40).beyond(FIRST));
    }

    @Test
    void onlyWhatHasNothingOfItsOwnMayFollow() {
        assertTrue(FIRST.upTo(70).isPrefixOf(SECOND));
        assertFalse(FIRST.upTo(71).isPrefixOf(SECOND));
        assertTrue(SECOND.upTo(90).isPrefixOf(THIRD));
        assertFalse(SECOND.isPrefixOf(THIRD));
        assertFalse(THIRD.isPrefixOf(SECOND));
    }
}
