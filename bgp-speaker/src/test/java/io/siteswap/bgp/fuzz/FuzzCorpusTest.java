package io.siteswap.bgp.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What fuzzing has found so far still holds: every input of the corpus, once. */
class FuzzCorpusTest {

    private static final Path CORPUS = Path.of("src/test/resources/fuzz");

    private interface Target {
        void accept(byte[] data) throws IOException;
    }

    private static final Map<String, Target> TARGETS = Map.of("MessageFuzz",
            MessageFuzz::fuzzerTestOneInput, "OpenFuzz", OpenFuzz::fuzzerTestOneInput,
            "FastPathFuzz", FastPathFuzz::fuzzerTestOneInput, "MrtFuzz",
            MrtFuzz::fuzzerTestOneInput, "DecodeFuzz", DecodeFuzz::fuzzerTestOneInput,
            "SessionFuzz", SessionFuzz::fuzzerTestOneInput, "BfdFuzz",
            BfdFuzz::fuzzerTestOneInput, "RtrFuzz", RtrFuzz::fuzzerTestOneInput);

    @TestFactory
    Stream<DynamicTest> corpus() {
        return TARGETS.entrySet().stream().map(target -> DynamicTest
                .dynamicTest(target.getKey(), () -> replay(target.getKey(), target.getValue())));
    }

    private static void replay(String name, Target target) throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(CORPUS.resolve(name))) {
            inputs = files.sorted().toList();
        }
        assertTrue(inputs.size() > 2, "there is a corpus");
        for (Path input : inputs) {
            try {
                target.accept(Files.readAllBytes(input));
            } catch (RuntimeException | IOException e) {
                throw new AssertionError(name + " fails on " + input, e);
            }
        }
    }
}
