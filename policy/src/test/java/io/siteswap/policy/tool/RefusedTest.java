package io.siteswap.policy.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.siteswap.policy.Golden;
import io.siteswap.policy.engine.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Rule files that must not load, each with the message that its author sees. */
class RefusedTest {

    @TempDir
    private static Path folder = Path.of("");

    @TestFactory
    Stream<DynamicTest> refused() {
        return Golden.files("refused", RefusedTest::run);
    }

    private static String run(String rules) {
        List<Problem> problems = check(rules);
        assertFalse(problems.isEmpty(), "this file must be refused");
        return problems.stream().map(problem -> problem.text()
                .replace(folder.toString() + "/", "") + "\n").collect(Collectors.joining());
    }

    private static List<Problem> check(String rules) {
        try {
            return PolicyCheck.check(Files.writeString(folder.resolve("acme.drl"), rules));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void missingFileIsOneSentence() {
        Path nowhere = folder.resolve("nowhere.drl");
        assertEquals(List.of(nowhere + ": there is no such rule file; check the path"),
                PolicyCheck.check(nowhere).stream().map(Problem::text).toList());
    }

    @Test
    void anEmptyFileIsFine() {
        assertEquals(List.of(), check(""));
    }
}
