package io.siteswap.bgp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Text files that tests rewrite: a file is right when rewriting it changes nothing. With
 * {@code -Dgolden.update=true} it is rewritten first, to be reviewed as a text diff.
 */
public final class Golden {

    private Golden() {
    }

    /** One test per file of a folder below {@code src/test/resources} with that suffix. */
    public static Stream<DynamicTest> folder(String folder, String suffix,
            Function<List<String>, List<String>> rewrite) throws IOException {
        try (Stream<Path> files = Files.list(path(folder))) {
            List<DynamicTest> tests = files.filter(f -> f.toString().endsWith(suffix)).sorted()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(),
                            () -> check(file, rewrite)))
                    .toList();
            if (tests.isEmpty()) {
                throw new AssertionError("No *" + suffix + " in " + folder);
            }
            return tests.stream();
        }
    }

    /** A file that is rewritten from nothing. */
    public static void file(String name, List<String> lines) throws IOException {
        check(path(name), _ -> lines);
    }

    private static Path path(String name) {
        return Path.of("src/test/resources", name);
    }

    private static void check(Path file, Function<List<String>, List<String>> rewrite)
            throws IOException {
        boolean update = Boolean.getBoolean("golden.update");
        List<String> lines = update && !Files.exists(file)
                ? List.of()
                : Files.readAllLines(file);
        List<String> told = rewrite.apply(lines);
        if (update) {
            Files.write(file, told);
        }
        assertEquals(String.join("\n", Files.readAllLines(file)), String.join("\n", told));
    }

    /**
     * Rewrites a file of vectors: below every {@code hex: } line (continued by lines that begin
     * with five blanks) stands its meaning, each line indented by two blanks.
     */
    public static List<String> vectors(List<String> lines,
            Function<String, List<String>> meaning) {
        List<String> told = new ArrayList<>();
        StringBuilder hex = new StringBuilder();
        for (String line : lines) {
            boolean continued = line.startsWith("     ");
            if (!continued && !hex.isEmpty()) {
                meaning.apply(hex.toString()).forEach(m -> told.add("  " + m));
                hex.setLength(0);
            }
            if (line.startsWith("hex: ") || continued) {
                hex.append(line.substring(5).strip());
            }
            if (continued || !line.startsWith("  ")) {
                told.add(line);
            }
        }
        if (!hex.isEmpty()) {
            meaning.apply(hex.toString()).forEach(m -> told.add("  " + m));
        }
        return told;
    }
}
