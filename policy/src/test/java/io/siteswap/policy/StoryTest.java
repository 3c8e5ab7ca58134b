package io.siteswap.policy;

import io.siteswap.policy.engine.Engine;
import io.siteswap.policy.engine.RulePacks;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Placement;
import io.siteswap.policy.tool.FactLines;
import io.siteswap.policy.verdicts.Verdict;
import io.siteswap.policy.verdicts.Verdict.Alarm;
import io.siteswap.policy.verdicts.Verdict.Hold;
import io.siteswap.policy.verdicts.Verdict.Refuse;
import io.siteswap.policy.verdicts.Verdict.Score;
import io.siteswap.policy.verdicts.Verdict.SiteLost;
import io.siteswap.policy.verdicts.Verdict.Stance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The shipped packs, story by story: facts in, verdicts and decision out. */
class StoryTest {

    private static final Engine ENGINE = RulePacks.load(List.of());

    @TestFactory
    Stream<DynamicTest> stories() {
        return Golden.files("stories", StoryTest::run);
    }

    private static String run(String story) {
        FactLines lines = new FactLines();
        for (String line : story.lines().toList()) {
            if (line.startsWith("given ")) {
                given(line.substring("given ".length())).lines().forEach(lines::accept);
            } else {
                lines.accept(line);
            }
        }
        List<Fact> facts = lines.facts();
        List<Verdict> verdicts = ENGINE.evaluate(facts);
        StringBuilder out = new StringBuilder();
        verdicts.forEach(verdict -> out.append(text(verdict)).append('\n'));
        for (Decision decision : Placement.decide(facts, verdicts)) {
            out.append('\n').append(decision.kind()).append(' ').append(decision.service())
                    .append(": ").append(shown(decision.from())).append(" -> ")
                    .append(shown(decision.to())).append('\n');
            decision.reasons().forEach(reason -> out.append("  - ").append(reason).append('\n'));
        }
        return out.toString();
    }

    private static String given(String name) {
        try {
            return Files.readString(Golden.folder("stories").resolve(name + ".facts"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shown(String site) {
        return site.isEmpty() ? "nobody" : site;
    }

    private static String text(Verdict verdict) {
        String head = switch (verdict) {
            case SiteLost lost -> "lost " + lost.site();
            case Score score -> "score " + score.service() + " " + score.site() + " "
                    + value(score.value());
            case Stance stance -> "stance " + stance.service() + " " + stance.site() + " "
                    + stance.rung();
            case Hold hold -> "hold " + hold.service();
            case Refuse refuse -> "refuse " + refuse.service() + " " + refuse.site();
            case Alarm alarm -> "alarm " + alarm.service();
        };
        return head + ": " + verdict.reason();
    }

    private static String value(int value) {
        return value <= Score.MINUS_INFINITY ? "-INFINITY"
                : value >= Score.INFINITY ? "INFINITY" : Integer.toString(value);
    }
}
