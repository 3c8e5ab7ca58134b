package io.siteswap.monitor.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.monitor.guard.Hold.Clear;
import io.siteswap.monitor.guard.Hold.Fencing;
import io.siteswap.monitor.guard.Hold.Leased;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SavedHoldsTest {

    private static final List<String> SERVICES = List.of("shop", "chat", "desk");
    private static final Map<String, Hold> HOLDS = Map.of("shop", new Leased(7, 1800, false),
            "chat", new Clear(3), "desk", new Fencing(4, true, 900));

    private static Map<String, Hold> read(String text, String boot, long now) {
        return SavedHolds.read(text, boot, SERVICES, now, 800);
    }

    @Test
    void theNextGuardKnowsWhatTheLastOneKnew() {
        String text = SavedHolds.write("b1", HOLDS);
        assertEquals("""
                siteswap-guard 1
                boot b1
                clear chat 3
                fencing desk 4
                lease shop 7 1800
                end
                """, text);
        assertEquals(Map.of("shop", new Leased(7, 1800, false), "chat", new Clear(3), "desk",
                new Fencing(4, false, 1000)), read(text, "b1", 1000));
    }

    @Test
    void afterABootNothingIsLeased() {
        assertEquals(new Fencing(7, false, 1000),
                read(SavedHolds.write("b1", HOLDS), "b2", 1000).get("shop"));
    }

    @Test
    void aLeaseThatEndsTooLateIsNotBelieved() {
        assertEquals(new Fencing(7, false, 999),
                read(SavedHolds.write("b1", HOLDS), "b1", 999).get("shop"));
    }

    @Test
    void whatIsNotWholeIsFencedAltogether() {
        String text = SavedHolds.write("b1", HOLDS);
        Map<String, Hold> all = Map.of("shop", new Fencing(0, false, 1000), "chat",
                new Fencing(0, false, 1000), "desk", new Fencing(0, false, 1000));
        for (int length = 0; length < text.length() - 1; length++) {
            assertEquals(all, read(text.substring(0, length), "b1", 1000), "of " + length);
        }
    }

    @Test
    void servicesOfOthersAreForgotten() {
        assertEquals(Map.of("chat", new Clear(3)), SavedHolds.read(
                SavedHolds.write("b1", HOLDS), "b1", List.of("chat"), 1000, 800));
    }

    @Test
    void everyLineIsReadAsItWasWrittenAndNonsenseIsNone() {
        for (Line line : List.of(new Line.Hello(12), new Line.Lease("shop", 7, 123),
                new Line.Fencing("a-b_c", 1), new Line.Clear("shop", 0),
                new Line.Taken("shop", 9), new Line.Fenced("shop", 999_999_999_999_999_999L))) {
            assertEquals(Optional.of(line), Line.parse(line.text()));
        }
        for (String text : List.of("", "lease", "lease shop 7", "lease shop 7 1 2", "monitor",
                "monitor a 1", "clear shop -1", "clear shop 7 8", "clear shop 1234567890123456789",
                "clear  shop 7", "LEASE shop 7 1", "clear shop 7 ")) {
            assertEquals(Optional.empty(), Line.parse(text), text);
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder("lease shop 7 9");
            for (int n = random.nextInt(3); n >= 0; n--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
            }
            Optional<Line> line = Line.parse(text.toString());
            assertEquals(line, line.flatMap(it -> Line.parse(it.text())), text.toString());
        }
    }
}
