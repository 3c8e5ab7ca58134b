package io.siteswap.monitor.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siteswap.policy.facts.Health;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HysteresisTest {

    /** Rise 2, fall 3; {@code +} is a good observation, {@code -} a bad one. */
    @ParameterizedTest
    @CsvSource({"'', UNKNOWN", "+, UNKNOWN", "++, UP", "--, UNKNOWN", "---, DOWN", "--+--, UNKNOWN",
            "++--, UP", "++--+--, UP", "++---, DOWN", "---+, DOWN", "---+-+, DOWN", "---++, UP",
            "+-+-+-, UNKNOWN"})
    void follows(String observations, Health expected) {
        Hysteresis hysteresis = Hysteresis.of(2, 3);
        for (int i = 0; i < observations.length(); i++) {
            hysteresis = hysteresis.observe(observations.charAt(i) == '+');
        }
        assertEquals(expected, hysteresis.health());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0"})
    void refusesBoundsWithoutMeaning(int rise, int fall) {
        assertThrows(IllegalArgumentException.class, () -> Hysteresis.of(rise, fall));
    }
}
