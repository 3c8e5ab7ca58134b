package io.siteswap.policy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.policy.engine.Strata.Dependencies;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StrataTest {

    private static final Dependencies LOSES = new Dependencies(Set.of("SiteLost"),
            Set.of("Heartbeat"), Set.of("Heartbeat"));
    private static final Dependencies SCORES = new Dependencies(Set.of("Score"),
            Set.of("SiteLost"), Set.of());
    private static final Dependencies REFUSES = new Dependencies(Set.of("Refuse"),
            Set.of("MoveRequest"), Set.of("Score", "SiteLost"));

    @Test
    void denialWaitsForWhatItDenies() {
        Strata strata = Strata.of(List.of(REFUSES, SCORES, LOSES)).orElseThrow();
        assertTrue(strata.level(REFUSES) > strata.level(SCORES));
        assertTrue(strata.level(SCORES) > strata.level(LOSES) - 1);
    }

    @Test
    void positiveCycleIsFine() {
        Dependencies chain = new Dependencies(Set.of("Score"), Set.of("Score"), Set.of());
        assertEquals(0, Strata.of(List.of(chain)).orElseThrow().level(chain));
    }

    @Test
    void denialThroughAnotherRuleIsACycle() {
        Dependencies first = new Dependencies(Set.of("Alarm"), Set.of(), Set.of("Hold"));
        Dependencies second = new Dependencies(Set.of("Hold"), Set.of("Alarm"), Set.of());
        assertTrue(Strata.of(List.of(first, second)).isEmpty());
    }
}
