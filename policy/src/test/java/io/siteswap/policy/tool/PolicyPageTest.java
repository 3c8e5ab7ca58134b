package io.siteswap.policy.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.policy.engine.Problem;
import io.siteswap.policy.facts.Fact;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/policy.md says what is so. */
class PolicyPageTest {

    private static final Path PAGE = Path.of("..", "docs", "policy.md");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theExampleLoadsAndItsMisspeltCopyDoesNot() throws IOException {
        String example = example();
        Path file = Files.writeString(folder.resolve("night.drl"), example);
        assertEquals(List.of(), PolicyCheck.check(file));

        Files.writeString(file, example.replace("say.hold", "say.hodl"));
        String problem = PolicyCheck.check(file).stream().map(Problem::text)
                .map(text -> text.replace(folder + "/", ""))
                .collect(Collectors.joining());
        assertTrue(Files.readString(PAGE).contains("`" + problem + "`"), problem);
    }

    @Test
    void everyFactIsListedWithItsFields() throws IOException {
        String page = Files.readString(PAGE);
        for (Class<?> fact : Fact.class.getPermittedSubclasses()) {
            String row = "| `" + fact.getSimpleName() + "` | "
                    + Arrays.stream(fact.getRecordComponents()).map(RecordComponent::getName)
                            .map(name -> "`" + name + "`").collect(Collectors.joining(", "))
                    + " |";
            assertTrue(page.contains(row), row);
        }
    }

    private static String example() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("   package acme"))
                .takeWhile(line -> !line.equals("   ```"))
                .map(line -> line.startsWith("   ") ? line.substring(3) : line)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
