package io.siteswap.policy;

import io.siteswap.policy.engine.Engine;
import io.siteswap.policy.engine.RulePacks;
import io.siteswap.policy.tool.Story;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The shipped packs, story by story: facts in, verdicts and decision out. {@code given NAME} takes
 * the facts of NAME.facts.
 */
class StoryTest {

    private static final String GIVEN = "given ";
    private static final Engine ENGINE = RulePacks.load(List.of());

    @TestFactory
    Stream<DynamicTest> stories() {
        return Golden.files("stories", StoryTest::run);
    }

    private static String run(String story) {
        List<String> lines = new ArrayList<>();
        for (String line : story.lines().toList()) {
            if (line.startsWith(GIVEN)) {
                lines.addAll(given(line.substring(GIVEN.length())));
            } else {
                lines.add(line);
            }
        }
        return Story.tell(ENGINE, lines);
    }

    private static List<String> given(String name) {
        try {
            return Files.readAllLines(Golden.folder("stories").resolve(name + ".facts"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
