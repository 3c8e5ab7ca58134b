package io.siteswap.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tests as text files: input, a line {@code ===}, expected output. {@code -Dgolden.update=true}
 * rewrites the output, so that a change of behaviour is reviewed as a difference of text.
 */
public final class Golden {

    private static final String SEPARATOR = "===\n";

    private Golden() {
    }

    /** One test per file of a folder below src/test/resources. */
    public static Stream<DynamicTest> files(String folder, UnaryOperator<String> run) {
        try (Stream<Path> paths = Files.list(folder(folder))) {
            List<Path> files = paths.filter(path -> path.toString().endsWith(".txt")).sorted()
                    .toList();
            return files.stream().map(file -> DynamicTest.dynamicTest(
                    String.valueOf(file.getFileName()), () -> check(file, run)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path folder(String name) {
        return Path.of("src", "test", "resources", name);
    }

    private static void check(Path file, UnaryOperator<String> run) throws IOException {
        String text = Files.readString(file);
        int at = text.indexOf(SEPARATOR);
        String input = at < 0 ? text : text.substring(0, at);
        String actual = input + SEPARATOR + run.apply(input);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
        }
        assertEquals(actual, Files.readString(file));
    }
}
