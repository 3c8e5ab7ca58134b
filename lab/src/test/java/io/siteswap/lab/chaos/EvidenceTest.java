package io.siteswap.lab.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.lab.client.Spans;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    private final Evidence evidence = new Evidence();

    @Test
    void momentsCloseToEachOtherAreOneSpanWhateverTheirOrder() {
        at(0, 250, 120);
        assertEquals(List.of(span(0, 250)), evidence.since(0));
        at(501);
        assertEquals(List.of(span(0, 250), span(501, 501)), evidence.since(0));
        // Arrives late, and closes the gap.
        at(400);
        assertEquals(List.of(span(0, 501)), evidence.since(0));
    }

    @Test
    void whatWasBeforeIsCutOff() {
        at(0, 100, 1000, 1100);
        assertEquals(List.of(span(1050, 1100)), evidence.since(1050 * 1_000_000L));
    }

    @Test
    void overlapIsWhatBothHaveInCommon() {
        assertEquals(Duration.ofMillis(30), Spans.overlap(
                List.of(span(0, 100), span(400, 500)), List.of(span(80, 200), span(490, 600))));
        assertEquals(Duration.ZERO,
                Spans.overlap(List.of(span(0, 100)), List.of(span(100, 200))));
    }

    @Test
    void thePauseAtEitherEndCounts() {
        long to = 1000 * 1_000_000L;
        assertEquals(Duration.ofMillis(600),
                Evidence.longestPause(List.of(span(100, 400)), 0, to));
        assertEquals(Duration.ofMillis(500),
                Evidence.longestPause(List.of(span(900, 1000), span(0, 400)), 0, to));
        assertEquals(Duration.ofSeconds(1), Evidence.longestPause(List.of(), 0, to));
    }

    private void at(long... millis) {
        for (long one : millis) {
            evidence.add(one * 1_000_000L);
        }
    }

    private static Spans.Span span(long startMillis, long endMillis) {
        return new Spans.Span(startMillis * 1_000_000L, endMillis * 1_000_000L);
    }
}
