package io.siteswap.lab.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long the prefix had no route, which is a verdict of the chaos. */
class TimelineTest {

    private static final Timeline.Entry GONE = at(100, "route", "no route to 203.0.113.0/24");
    private static final Timeline.Entry BACK = at(130, "route", "203.0.113.0/24 goes to isp2");

    @Test
    void lastsUntilTheNextEntryOfItsKind() {
        var other = at(110, "decision", "shop: move");
        assertEquals(30, lasted(0, 1000, GONE, other, BACK));
    }

    @Test
    void whatDoesNotEndLastsToTheSecondMoment() {
        assertEquals(900, lasted(0, 1000, GONE));
    }

    @Test
    void whatBeganBeforeCountsFromTheFirstMoment() {
        assertEquals(20, lasted(110, 1000, GONE, BACK));
        assertEquals(0, lasted(140, 1000, GONE, BACK));
        assertEquals(50, lasted(150, 200, GONE));
    }

    @Test
    void entriesAfterTheSecondMomentDoNotCount() {
        assertEquals(0, lasted(0, 100, GONE, BACK));
        assertEquals(20, lasted(0, 120, GONE, BACK));
    }

    @Test
    void everyTimeCounts() {
        assertEquals(40, lasted(0, 1000, GONE, BACK, at(500, "route", "no route to it"),
                at(510, "route", "203.0.113.0/24 goes to isp1")));
        assertEquals(0, lasted(0, 1000));
    }

    private static long lasted(long fromMillis, long toMillis, Timeline.Entry... entries) {
        return Timeline.lasted(List.of(entries), "route", "no route",
                Duration.ofMillis(fromMillis).toNanos(), Duration.ofMillis(toMillis).toNanos())
                .toMillis();
    }

    private static Timeline.Entry at(long millis, String kind, String text) {
        return new Timeline.Entry(Duration.ofMillis(millis).toNanos(), "lab", kind, text);
    }
}
