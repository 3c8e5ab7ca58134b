package io.siteswap.bgp.bfd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.bgp.Golden;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Stories in {@code src/test/resources/bfd}: a line per event, below it what the session does and
 * where it stands; and the table of every state with every event.
 *
 * <p>
 * {@code down your=0 tx=1000 rx=50 x=3 P} is a received packet; {@code tick} shows the periodic
 * packet that would be sent now.
 */
class StoryTest {

    private static final int OURS = 0xa1;
    private static final int THEIRS = 0xb2;
    private static final BfdOptions OPTIONS = new BfdOptions(Duration.ofMillis(50),
            Duration.ofMillis(60), 3, false);

    @TestFactory
    Stream<DynamicTest> stories() throws IOException {
        return Golden.folder("bfd", ".story", StoryTest::tell);
    }

    private static List<String> tell(List<String> lines) {
        List<String> told = new ArrayList<>();
        Session session = Session.of(OURS, OPTIONS);
        for (String line : lines) {
            if (line.startsWith("    ")) {
                continue;
            }
            told.add(line);
            if (line.isBlank() || line.startsWith("#")) {
                session = line.isBlank() ? Session.of(OURS, OPTIONS) : session;
            } else if (line.equals("tick")) {
                told.add("    " + (session.periodic()
                        ? "send " + Words.of(session.packet())
                        : "nothing"));
            } else {
                Step step = SessionFsm.step(session, event(line));
                session = step.next();
                step.effects().forEach(e -> told.add("    " + Words.of(e)));
                told.add("    = " + Words.of(session));
            }
        }
        return told;
    }

    private static Event event(String line) {
        Map<String, String> words = new HashMap<>();
        for (String word : line.split(" +")) {
            int equals = word.indexOf('=');
            words.put(equals < 0 ? word : word.substring(0, equals),
                    equals < 0 ? "yes" : word.substring(equals + 1));
        }
        return switch (line.split(" +")[0]) {
            case "silence" -> new Event.DetectionExpired();
            case "enable" -> new Event.Enabled();
            case "disable" -> new Event.Disabled();
            case "configure" -> new Event.Reconfigured(new BfdOptions(millis(words, "tx", 50),
                    millis(words, "rx", 60), number(words, "x", 3), false));
            case "admindown" -> received(BfdState.ADMIN_DOWN, words);
            case "down" -> received(BfdState.DOWN, words);
            case "init" -> received(BfdState.INIT, words);
            case "up" -> received(BfdState.UP, words);
            default -> throw new IllegalArgumentException("No event is called " + line);
        };
    }

    private static Event received(BfdState state, Map<String, String> words) {
        boolean slow = state != BfdState.UP;
        return new Event.Received(new ControlPacket(state, Diagnostic.NONE,
                words.containsKey("P"), words.containsKey("F"), words.containsKey("C"),
                words.containsKey("D"),
                number(words, "x", 3), THEIRS, state == BfdState.DOWN ? 0 : OURS,
                1000L * number(words, "tx", slow ? 1000 : 100),
                1000L * number(words, "rx", 100), 0));
    }

    private static Duration millis(Map<String, String> words, String key, int otherwise) {
        return Duration.ofMillis(number(words, key, otherwise));
    }

    private static int number(Map<String, String> words, String key, int otherwise) {
        return Integer.parseInt(words.getOrDefault(key, String.valueOf(otherwise)));
    }

    private static final List<String> EVENTS = List.of("admindown", "down", "init", "up",
            "up P", "up F", "silence", "configure tx=500 rx=500", "enable", "disable");

    @Test
    void everyStateWithEveryEvent() throws IOException {
        List<String> table = new ArrayList<>();
        sessions().forEach((name, session) -> {
            table.add(name);
            for (String event : EVENTS) {
                Step step = SessionFsm.step(session, event(event));
                table.add("    " + event + " -> " + Words.of(step.next())
                        + (step.effects().isEmpty() ? "" : ": " + Words.all(step.effects())));
            }
        });
        Golden.file("bfd/every-pair.txt", table);
    }

    private static Map<String, Session> sessions() {
        Session down = Session.of(OURS, OPTIONS);
        Session init = after(down, "down");
        Session polls = after(init, "init");
        Map<String, Session> sessions = new LinkedHashMap<>();
        sessions.put("AdminDown", after(down, "disable"));
        sessions.put("Down", down);
        sessions.put("Init", init);
        sessions.put("Up, polling", polls);
        sessions.put("Up", after(polls, "up F"));
        return sessions;
    }

    private static Session after(Session session, String event) {
        return SessionFsm.step(session, event(event)).next();
    }

    @Test
    void noStateAndNoEventIsForgotten() {
        Set<BfdState> states = EnumSet.noneOf(BfdState.class);
        sessions().values().forEach(s -> states.add(s.state()));
        assertEquals(EnumSet.allOf(BfdState.class), states);
        Set<Class<?>> events = new LinkedHashSet<>();
        EVENTS.forEach(e -> events.add(event(e).getClass()));
        assertEquals(Set.of(Event.class.getPermittedSubclasses()), events);
    }

    @Test
    void aMultiplierOfOneIsNeverLate() {
        Session session = Session.of(OURS, OPTIONS.withMultiplier(1));
        assertEquals(900_000, session.transmitMicros(0));
        assertEquals(750_000, session.transmitMicros(Session.MAX_JITTER));
    }
}
