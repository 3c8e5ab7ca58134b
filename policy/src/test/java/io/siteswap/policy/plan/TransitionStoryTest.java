package io.siteswap.policy.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.policy.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Decision and resources in, graph of steps out. {@code ~} marks a best-effort step. Input lines:
 * {@code resource NAME TYPE} and one of {@code SWITCHOVER FROM TO}, {@code FAILOVER FROM|nobody
 * TO}, {@code restore SITE OTHER}, {@code resync HOLDER STANDBY}.
 */
class TransitionStoryTest {

    @TestFactory
    Stream<DynamicTest> transitions() {
        return Golden.files("transitions", TransitionStoryTest::run);
    }

    private static String run(String story) {
        List<Resource> resources = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        for (String line : story.lines().toList()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "resource" -> resources
                        .add(new Resource(words[1], Resource.Type.valueOf(words[2])));
                case "SWITCHOVER", "FAILOVER" -> out
                        .append(text(TransitionPlan.of(decision(words), resources)));
                case "restore" -> out.append(
                        text(TransitionPlan.restore("shop", words[1], words[2], resources)));
                case "resync" -> out.append(
                        text(TransitionPlan.resync("shop", words[1], words[2], resources)));
                default -> assertTrue(line.isBlank() || line.startsWith("#"), line);
            }
        }
        return out.toString();
    }

    private static Decision decision(String[] words) {
        return new Decision("shop", Decision.Kind.valueOf(words[0]),
                words[1].equals("nobody") ? "" : words[1], words[2], List.of("a test"));
    }

    private static String text(Transition transition) {
        StringBuilder out = new StringBuilder();
        for (Step step : transition.steps()) {
            String what = step.id() + (step.bestEffort() ? " ~" : "");
            String after = step.after().isEmpty()
                    ? ""
                    : "after " + String.join(", ", step.after());
            out.append(String.format("%-28s %s", what, after).stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
