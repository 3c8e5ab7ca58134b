package io.siteswap.bgp.speaker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.bgp.wire.Prefix;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlapBudgetTest {

    private static final Prefix A = Prefix.parse("203.0.113.0/24");
    private static final Prefix B = Prefix.parse("198.51.100.0/24");

    private final FlapBudget budget = new FlapBudget(2, Duration.ofMinutes(10));

    private Optional<String> spend(Prefix prefix, int second, boolean override) {
        Duration now = Duration.ofSeconds(second);
        Optional<String> refusal = override ? Optional.empty() : budget.refusal(prefix, now);
        if (refusal.isEmpty()) {
            budget.spend(prefix, now);
        }
        return refusal;
    }

    @Test
    void thePrefixThatFlapsWaitsTheOthersDoNot() {
        assertEquals(Optional.empty(), spend(A, 0, false));
        assertEquals(Optional.empty(), spend(A, 10, false));
        assertEquals(Optional.of("203.0.113.0/24 changed its rung 2 times within 600 s: the next"
                + " change is possible in 581 s, or with override."), spend(A, 20, false));
        assertEquals(Optional.empty(), spend(B, 20, false));
        assertEquals(Optional.empty(), spend(A, 600, false), "the first is forgotten");
        assertEquals(true, spend(A, 601, false).isPresent());
    }

    @Test
    void anOverrideAlwaysPassesAndCounts() {
        spend(A, 0, false);
        spend(A, 1, false);
        assertEquals(Optional.empty(), spend(A, 300, true));
        assertEquals(true, spend(A, 600, false).isPresent(), "1 and 300 are still there");
    }

    @Test
    void askingSpendsNothing() {
        for (int second = 0; second < 9; second++) {
            assertEquals(Optional.empty(), budget.refusal(A, Duration.ofSeconds(second)));
        }
    }
}
