package io.siteswap.lab.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TotalsTest {

    @Test
    void oneWrongRoundIsWrongAndSaysHowToSeeItAgain() {
        assertTrue(new Totals(List.of(round(1, 50, List.of())), 9).good());
        var totals = new Totals(
                List.of(round(1, 50, List.of()), round(2, 50, List.of("no writer"))), 9);
        assertFalse(totals.good());
        assertTrue(totals.summary().endsWith(
                "wrong: round 2; again: ./siteswap lab chaos --seed 7 --from 2 --rounds 1"));
    }

    @Test
    void theUpperEndOfAClassBelongsToIt() {
        var json = JsonMapper.shared().readTree(new Totals(List.of(round(1, 100, List.of()),
                round(2, 101, List.of()), round(3, 30_001, List.of())), 9).json());
        assertEquals(1, json.path("writePause").path("<=100ms").asInt());
        assertEquals(1, json.path("writePause").path("<=250ms").asInt());
        assertEquals(1, json.path("writePause").path("more").asInt());
        assertEquals(3, json.path("faults").path("power loss").asInt());
    }

    @Test
    void aPercentileIsAValueThatWasMeasured() {
        var totals = new Totals(LongStream.rangeClosed(1, 100)
                .mapToObj(n -> round((int) n, n, List.of())).toList(), 9);
        assertTrue(totals.summary().contains("100 times: decided p50 50 ms, p99 99 ms;"
                + " time without a writer p50 50 ms, p99 99 ms"), totals::summary);
    }

    private static RoundReport round(int number, long millis, List<String> wrong) {
        var time = Duration.ofMillis(millis);
        return new RoundReport(number, 7,
                List.of(new Act(Machines.power("dc1"), Duration.ZERO, Duration.ofSeconds(6))),
                "dc1", "dc2", 1, Duration.ZERO, Duration.ZERO, time, Optional.of(time), time, 0,
                false, false, wrong);
    }
}
