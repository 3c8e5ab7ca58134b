package io.siteswap.lab.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawTest {

    private static final int ROUNDS = 2000;

    @Test
    void theSameSeedNumberAndSiteGiveTheSameRound() {
        assertEquals(words(7, 3), words(7, 3));
        assertNotEquals(rounds(7), rounds(8));
    }

    @Test
    void everyFaultComesUpAndNoRoundHasTwoThatDoNotGoTogether() {
        Set<String> seen = new HashSet<>();
        for (int number = 1; number <= ROUNDS; number++) {
            List<Act> acts = Draw.round(1, number, "dc1");
            acts.forEach(act -> seen.add(act.fault().toString()));
            for (Act one : acts) {
                for (Act other : acts) {
                    assertTrue(one.equals(other) || one.fault().goesWith(other.fault()),
                            () -> one + " with " + other);
                }
            }
        }
        assertEquals(Set.copyOf(Draw.every().map(Fault::toString).toList()), seen);
    }

    private static List<String> rounds(long seed) {
        return IntStream.rangeClosed(1, 20).mapToObj(number -> words(seed, number).toString())
                .toList();
    }

    private static List<String> words(long seed, int number) {
        return Draw.round(seed, number, "dc1").stream().map(Act::toString).toList();
    }
}
