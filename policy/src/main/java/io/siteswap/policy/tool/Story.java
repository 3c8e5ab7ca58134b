package io.siteswap.policy.tool;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Placement;
import io.siteswap.policy.plan.Rules;
import io.siteswap.policy.verdicts.Verdict;
import io.siteswap.policy.verdicts.Verdict.Alarm;
import io.siteswap.policy.verdicts.Verdict.Hold;
import io.siteswap.policy.verdicts.Verdict.Refuse;
import io.siteswap.policy.verdicts.Verdict.Score;
import io.siteswap.policy.verdicts.Verdict.SiteLost;
import io.siteswap.policy.verdicts.Verdict.Stance;
import java.util.List;
import java.util.stream.Collectors;

/** A test case of a policy as text: facts in, verdicts and decisions out. */
public final class Story {

    private Story() {
    }

    /**
     * What rules and placement make of the facts.
     *
     * @param lines in the format of {@link FactLines}
     * @throws IllegalArgumentException with a sentence that says what is wrong with a line
     */
    public static String tell(Rules rules, List<String> lines) {
        FactLines read = new FactLines();
        lines.forEach(read::accept);
        List<Fact> facts = read.facts();
        List<Verdict> verdicts = rules.evaluate(facts);
        return verdicts.stream().map(Story::text).collect(Collectors.joining())
                + Placement.decide(facts, verdicts).stream().map(Story::text)
                        .collect(Collectors.joining());
    }

    private static String text(Decision decision) {
        return "\n" + decision.kind() + " " + decision.service() + ": " + shown(decision.from())
                + " -> " + shown(decision.to()) + "\n" + decision.reasons().stream()
                        .map(reason -> "  - " + reason + "\n").collect(Collectors.joining());
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
        return head + ": " + verdict.reason() + "\n";
    }

    private static String value(int value) {
        if (value >= Score.INFINITY) {
            return "INFINITY";
        }
        return value <= Score.MINUS_INFINITY ? "-INFINITY" : Integer.toString(value);
    }
}
