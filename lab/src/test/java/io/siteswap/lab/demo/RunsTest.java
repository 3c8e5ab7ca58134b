package io.siteswap.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RunsTest {

    @Test
    void oneRunIsPrintedAsItIs() {
        ObjectNode json = new Runs(List.of(run(900, 0, List.of()))).json();
        assertEquals("dc1-power-loss", json.path("scenario").asString());
        assertEquals("ok", json.path("outcome").asString());
        assertEquals(900, json.path("writableMs").asLong());
        assertTrue(json.path("promoteMs").isNull());
        assertFalse(json.has("runs"));
    }

    @Test
    void severalRunsGiveMediansAndTheWorst() {
        ObjectNode json = new Runs(List.of(run(900, 0, List.of()), run(100, 3, List.of("bad")),
                run(500, 0, List.of()))).json();
        assertEquals(500, json.path("writableMs").asLong());
        assertEquals(3, json.path("dualWriterMs").asLong());
        assertEquals("wrong", json.path("outcome").asString());
        assertEquals(2, json.path("runsOk").asLong());
        assertEquals(3, json.path("each").size());
    }

    @Test
    void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertEquals(15, Runs.median(List.of(1L, 10L, 20L, 1000L)));
        assertEquals(7, Runs.median(List.of(7L)));
    }

    @Test
    void timesAreDistributedInStepsOfATenthOfASecond() {
        List<String> lines = new Runs(List.of(run(1499, 0, List.of()), run(1420, 0, List.of()),
                run(2718, 0, List.of()))).histograms();
        assertEquals(List.of("clients write again after: median 1499 ms, 90 % within 2718 ms,"
                + " all 3 within 2718 ms", "   1400 ms  ## 2", "   2700 ms  # 1"),
                lines.subList(2, lines.size()));
    }

    private static Result run(long writableMs, long dualWriterMs, List<String> wrong) {
        return new Result(Scenario.DC1_POWER_LOSS, wrong, "dc1", "dc2",
                new Result.Times(Optional.of(1L), Optional.of(2L), Optional.of(3L),
                        Optional.empty(), Optional.of(writableMs)),
                List.of(), 100, dualWriterMs, 0, 40, "forwarder", 77);
    }
}
