package io.siteswap.bgp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Capability;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Keepalive;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every state with every event, written out in {@code every-pair.txt}: the RFC's table. */
class EveryPairTest {

    private static final Path FILE = Path.of("src/test/resources/session/every-pair.txt");

    private static final SessionConfig CONFIG = new SessionConfig(64500, 64510,
            Address.parse("198.18.1.1"), Duration.ofSeconds(9), Duration.ofSeconds(2),
            Duration.ofMillis(200), false, List.of(Family.IPV4_UNICAST));
    private static final Negotiated NEGOTIATED = new Negotiated(Address.parse("198.18.9.9"),
            Duration.ofSeconds(9), new Context(true, true), List.of(Family.IPV4_UNICAST), true);

    private static final List<State> STATES = List.of(new State.Idle(), new State.Connect(),
            new State.Active(), new State.OpenSent(Direction.OUTGOING),
            new State.OpenConfirm(Direction.OUTGOING, NEGOTIATED),
            new State.AwaitingBfd(Direction.OUTGOING, NEGOTIATED, false),
            new State.AwaitingBfd(Direction.OUTGOING, NEGOTIATED, true),
            new State.Established(NEGOTIATED));

    private static Map<String, Event> events() {
        Map<String, Event> events = new LinkedHashMap<>();
        events.put("start", new Event.Start());
        events.put("stop", new Event.Stop(
                Notification.of(Notification.CEASE, Notification.CEASE_SHUTDOWN)));
        for (TimerKind timer : TimerKind.values()) {
            events.put("expired " + timer, new Event.Expired(timer));
        }
        events.put("opened", new Event.Opened());
        events.put("accepted", new Event.Accepted());
        events.put("lost", new Event.Lost("reset"));
        events.put("OPEN", new Event.Received(Open.of(64510, 9, Address.parse("198.18.9.9"),
                List.of(new Capability.FourOctetAs(64510)))));
        events.put("KEEPALIVE", new Event.Received(new Keepalive()));
        events.put("UPDATE",
                new Event.Received(new Update(List.of(), Attributes.NONE, List.of())));
        events.put("NOTIFICATION", new Event.Received(Notification.of(6, 4)));
        events.put("ROUTE-REFRESH", new Event.Received(new RouteRefresh(1, 0, 1)));
        events.put("malformed", new Event.Malformed(WireError.reset(1, 2, "Bad length.")));
        events.put("dumped", new Event.Dumped());
        events.put("leave", new Event.Leave());
        events.put("blocked", new Event.Blocked());
        events.put("drained", new Event.Drained());
        events.put("bfd up", new Event.BfdUp());
        events.put("bfd down", new Event.BfdDown("it saw no packet", true));
        return events;
    }

    @Test
    void everyPairDoesWhatTheTableSays() throws IOException {
        SessionFsm fsm = new SessionFsm(CONFIG);
        List<String> table = new ArrayList<>();
        for (State state : STATES) {
            table.add(Words.of(state));
            events().forEach((name, event) -> {
                Step step = fsm.step(state, event);
                table.add("    " + name + " -> " + Words.of(step.next())
                        + (step.effects().isEmpty() ? "" : ": " + Words.all(step.effects())));
            });
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.write(FILE, table);
        }
        assertEquals(String.join("\n", Files.readAllLines(FILE)), String.join("\n", table));
    }

    @Test
    void noStateAndNoEventIsForgotten() {
        Set<String> states = new LinkedHashSet<>();
        STATES.forEach(state -> states.add(state.getClass().getSimpleName()));
        assertEquals(names(State.class.getPermittedSubclasses()), states);
        Set<String> events = new LinkedHashSet<>();
        events().values().forEach(event -> events.add(event.getClass().getSimpleName()));
        assertEquals(names(Event.class.getPermittedSubclasses()), events);
    }

    private static Set<String> names(Class<?>[] classes) {
        Set<String> names = new LinkedHashSet<>();
        for (Class<?> c : classes) {
            names.add(c.getSimpleName());
        }
        return names;
    }
}
