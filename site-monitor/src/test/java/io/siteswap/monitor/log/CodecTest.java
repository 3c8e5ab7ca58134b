package io.siteswap.monitor.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Quorum;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.policy.facts.Fact;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record that can stand in the log survives writing and reading. */
class CodecTest {

    private static final Set<Class<?>> SINCE_FORMAT_4 = Set.of(Command.PoweredOff.class,
            Command.Maintain.class, Command.Label.class, Command.Served.class);

    static Stream<Command> commands() {
        return samples(Command.class);
    }

    static Stream<Reply> replies() {
        return samples(Reply.class);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void roundTripsCommands(Command command) throws IOException {
        assertEquals(command, Codec.command(Codec.command(command)));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void roundTripsReplies(Reply reply) throws IOException {
        assertEquals(reply, Codec.reply(Codec.reply(reply)));
    }

    @Test
    void roundTripsEveryFact() throws IOException {
        List<Fact> facts = samples(Fact.class).toList();
        assertEquals(Fact.class.getPermittedSubclasses().length, facts.size());
        var report = new Command.Report("dc1", facts);
        assertEquals(report, Codec.command(Codec.command(report)));
    }

    @Test
    void roundTripsSnapshots() throws IOException {
        ClusterState state = (ClusterState) sample(ClusterState.class);
        Codec.Snapshot read = Codec.snapshot(Codec.snapshot("shop", state));
        assertEquals(new Codec.Snapshot(Codec.VERSION, "shop", state), read);
    }

    @Test
    void aJoinOfFormatTwoMadeNothingVoid() throws IOException {
        byte[] old = ("{\"version\":2,\"command\":{\"is\":\"Join\",\"site\":\"dc1\",\"run\":5,"
                + "\"number\":3,\"replaces\":4}}").getBytes(StandardCharsets.UTF_8);
        assertEquals(new Command.Join("dc1", 5, 3, 4, false), Codec.command(old));
    }

    @Test
    void readsWhatFormatThreeHadNoRoomFor() throws IOException {
        byte[] entry = ("{\"version\":3,\"command\":{\"is\":\"Request\",\"service\":\"shop\","
                + "\"kind\":\"SWITCHOVER\",\"site\":\"dc2\",\"operator\":\"eve\",\"force\":true}}")
                .getBytes(StandardCharsets.UTF_8);
        var request = new Command.Request("shop", Command.Request.Kind.SWITCHOVER, "dc2", "eve",
                true, List.of());
        assertEquals(request, Codec.command(entry));
        byte[] join = ("{\"version\":3,\"command\":{\"is\":\"Join\",\"site\":\"dc1\",\"run\":5,"
                + "\"number\":3,\"replaces\":4,\"voids\":true}}").getBytes(StandardCharsets.UTF_8);
        assertEquals(new Command.Join("dc1", 5, 3, 4, true), Codec.command(join));
        ClusterState state = Quorum
                .apply(Quorum.initial(List.of("shop")), request).next();
        String written = new String(Codec.snapshot("example", state), StandardCharsets.UTF_8)
                .replace("\"version\":" + Codec.VERSION, "\"version\":3")
                .replaceAll(",\"(labels|maintenance)\":\\{}|,\"overrides\":\\[]", "")
                .replaceAll(",\"ledger\":\\{[^}]*}", "");
        assertFalse(written.contains("ledger") || written.contains("labels"), written);
        assertEquals(state, Codec.snapshot(written.getBytes(StandardCharsets.UTF_8)).state());
    }

    /** A log that the first version wrote: every kind of entry, then the state they led to. */
    @Test
    void readsTheFirstFormat() throws IOException {
        List<Command> log = new ArrayList<>();
        for (String line : resource("commands.jsonl").lines().toList()) {
            Command command = Codec.command(line.getBytes(StandardCharsets.UTF_8));
            assertEquals(command, Codec.command(Codec.command(command)));
            log.add(command);
        }
        assertEquals(
                Stream.of(Command.class.getPermittedSubclasses())
                        .filter(it -> !SINCE_FORMAT_4.contains(it)).collect(Collectors.toSet()),
                log.stream().map(Command::getClass).collect(Collectors.toSet()));
        ClusterState state = Quorum.initial(List.of("shop"));
        // The last two were never applied: that state could not have them.
        for (Command command : log.subList(0, log.size() - 2)) {
            state = Quorum.apply(state, command).next();
        }
        assertEquals(new Codec.Snapshot(Codec.VERSION, "example", state),
                Codec.snapshot(resource("snapshot.json").getBytes(StandardCharsets.UTF_8)));
        assertEquals(Optional.of("dc1.app.start failed: app does not start: port 8080 is taken."),
                state.service("shop").orElseThrow().unfinished());
    }

    private static String resource(String name) throws IOException {
        try (var in = CodecTest.class.getResourceAsStream("format-1/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void namesTheVersionThatWouldBeNeeded() {
        byte[] newer = "{\"version\":99,\"command\":{\"is\":\"Teleport\"}}"
                .getBytes(StandardCharsets.UTF_8);
        var failure = assertThrows(IOException.class, () -> Codec.command(newer));
        assertTrue(String.valueOf(failure.getMessage()).contains("newer version"));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        byte[] unknown = "{\"version\":1,\"command\":{\"is\":\"Nudge\",\"extra\":1}}"
                .getBytes(StandardCharsets.UTF_8);
        assertThrows(IOException.class, () -> Codec.command(unknown));
    }

    private static <T> Stream<T> samples(Class<T> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses()).map(c -> sealed.cast(sample(c)));
    }

    /** An instance whose every component has a value, so that nothing is lost unseen. */
    private static Object sample(Type type) {
        if (type instanceof ParameterizedType generic) {
            Object inner = sample(
                    generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1]);
            Type raw = generic.getRawType();
            return raw == Optional.class
                    ? Optional.of(inner)
                    : raw == Map.class ? Map.of("key", inner) : List.of(inner);
        }
        Class<?> c = (Class<?>) type;
        if (c == String.class) {
            return "text \u2192 \"quoted\"";
        } else if (c == long.class || c == Long.class) {
            return 1L << 40;
        } else if (c == int.class || c == Integer.class) {
            return -7;
        } else if (c == boolean.class || c == Boolean.class) {
            return true;
        } else if (c.isEnum()) {
            return c.getEnumConstants()[c.getEnumConstants().length - 1];
        } else if (c.isSealed()) {
            return sample(c.getPermittedSubclasses()[0]);
        }
        return record(c);
    }

    private static Object record(Class<?> c) {
        RecordComponent[] components = c.getRecordComponents();
        try {
            Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Object[] values = Arrays.stream(components)
                    .map(component -> sample(component.getGenericType())).toArray();
            return c.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no sample of " + c, e);
        }
    }
}
