package io.siteswap.bgp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Bytes and their meaning, in both directions; see the files in {@code src/test/resources/wire}.
 * {@code -Dgolden.update=true} writes the meanings anew, to be reviewed as a text diff.
 */
class VectorTest {

    private static final Path FOLDER = Path.of("src/test/resources/wire");

    /**
     * @param head title and the lines before the bytes
     * @param bytes sent again they are the same, unless the vector says {@code one way}
     */
    private record Vector(String title, List<String> head, Context context, boolean oneWay,
            String bytes, List<String> meaning) {
    }

    @TestFactory
    Stream<DynamicTest> vectors() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                List<String> lines = Files.readAllLines(file);
                List<Vector> vectors = parse(lines);
                if (Boolean.getBoolean("golden.update")) {
                    Files.write(file, rewritten(lines.getFirst(), vectors));
                    vectors = parse(Files.readAllLines(file));
                }
                vectors.forEach(v -> tests.add(DynamicTest
                        .dynamicTest(file.getFileName() + ": " + v.title, () -> check(v))));
            }
        }
        return tests.stream();
    }

    private static void check(Vector vector) {
        assertEquals(vector.meaning, meaning(vector));
        Decoded decoded = decode(vector);
        if (decoded instanceof Decoded.Ok(Message message, List<WireError> faults)
                && faults.isEmpty() && !vector.oneWay) {
            ByteBuffer again = MessageEncoder.encode(message, vector.context);
            assertEquals(Octets.of(HexText.parse(vector.bytes)), Octets.read(again));
        }
    }

    private static Decoded decode(Vector vector) {
        ByteBuffer in = ByteBuffer.wrap(HexText.parse(vector.bytes));
        return switch (Frame.next(in, vector.context)) {
            case Frame.Complete complete -> MessageDecoder.decode(complete, vector.context);
            case Frame.Broken(WireError error) -> new Decoded.Broken(error);
            case Frame.Incomplete _ -> throw new AssertionError(
                    vector.title + ": the bytes are not a whole message");
        };
    }

    private static List<String> meaning(Vector vector) {
        List<String> lines = new ArrayList<>();
        switch (decode(vector)) {
            case Decoded.Ok(Message message, List<WireError> faults) -> {
                lines.add("means: " + message);
                faults.forEach(fault -> lines.add("fault: " + words(fault)));
            }
            case Decoded.Broken(WireError error) -> lines.add("fault: " + words(error));
        }
        return lines;
    }

    private static String words(WireError error) {
        String data = error.data().length() == 0 ? "" : " [" + error.data() + "]";
        return error.consequence() + " " + error.toNotification().describe() + data + ": "
                + error.reason();
    }

    private static List<Vector> parse(List<String> lines) {
        List<Vector> vectors = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("== ") && !block.isEmpty()) {
                vectors.add(vector(block));
                block.clear();
            }
            if (line.startsWith("== ") || !block.isEmpty()) {
                block.add(line);
            }
        }
        vectors.add(vector(block));
        return vectors;
    }

    private static Vector vector(List<String> block) {
        List<String> head = block.stream().filter(l -> !l.isBlank())
                .filter(l -> !l.startsWith("means: ") && !l.startsWith("fault: ")).toList();
        StringBuilder bytes = new StringBuilder();
        head.stream().filter(l -> l.startsWith("hex: ") || l.startsWith("     "))
                .forEach(l -> bytes.append(l.substring(5).strip()));
        List<String> meaning = block.stream()
                .filter(l -> l.startsWith("means: ") || l.startsWith("fault: ")).toList();
        return new Vector(block.getFirst().substring(3), head, context(block),
                block.contains("bytes: one way"), bytes.toString(), meaning);
    }

    /** E.g. {@code context: as2 internal extended}; external with 4-octet numbers without it. */
    private static Context context(List<String> block) {
        Set<String> words = block.stream().filter(l -> l.startsWith("context: "))
                .flatMap(l -> Stream.of(l.substring(9).split(" "))).collect(Collectors.toSet());
        Set<Family> all = Set.of(Family.values());
        Set<Family> none = Set.of();
        return new Context(!words.contains("as2"), !words.contains("internal"))
                .withExtendedMessages(words.contains("extended"))
                .withAddPath(words.contains("add-path") ? all : none,
                        words.contains("add-path") ? all : none)
                .withExtendedNextHop(words.contains("next-hop-6") ? all : none);
    }

    private static List<String> rewritten(String intro, List<Vector> vectors) {
        List<String> lines = new ArrayList<>(List.of(intro));
        for (Vector vector : vectors) {
            lines.add("");
            lines.addAll(vector.head);
            lines.addAll(meaning(vector));
        }
        return lines;
    }
}
