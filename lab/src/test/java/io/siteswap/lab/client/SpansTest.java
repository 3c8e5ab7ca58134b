package io.siteswap.lab.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpansTest {

    @Test
    void aRunOfAcceptedWritesIsOneSpan() {
        Spans spans = new Spans();
        spans.refused();
        spans.accepted(10, 12);
        spans.accepted(30, 31);
        spans.refused();
        spans.accepted(50, 55);
        assertEquals(List.of(new Spans.Span(10, 31), new Spans.Span(50, 55)), spans.all());
    }

    @Test
    void oneAfterTheOtherIsNoOverlap() {
        assertEquals(Duration.ZERO, Spans.overlap(span(0, 100), span(101, 200)));
        assertEquals(Duration.ZERO, Spans.overlap(span(0, 100), new Spans()));
    }

    @Test
    void bothAtOnceIsCountedOnceForEachPair() {
        assertEquals(Duration.ofNanos(40), Spans.overlap(span(0, 100), span(60, 200)));
        assertEquals(Duration.ofNanos(40), Spans.overlap(span(60, 200), span(0, 100)));
        Spans twice = span(0, 100);
        twice.refused();
        twice.accepted(150, 160);
        assertEquals(Duration.ofNanos(50), Spans.overlap(twice, span(60, 200)));
    }

    private static Spans span(long start, long end) {
        Spans spans = new Spans();
        spans.accepted(start, start + 1);
        spans.accepted(end - 1, end);
        return spans;
    }
}
