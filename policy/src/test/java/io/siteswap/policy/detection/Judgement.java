package io.siteswap.policy.detection;

import io.siteswap.policy.engine.Engine;
import io.siteswap.policy.engine.RulePacks;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Placement;
import io.siteswap.policy.verdicts.Verdict;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the shipped packs and the shipped placement say.
 *
 * @param lost sites that count as lost
 */
record Judgement(Decision decision, Set<String> lost, Set<String> alarms) {

    private static final Engine SHIPPED = RulePacks.load(List.of());

    static Judgement of(List<Fact> facts) {
        return of(SHIPPED, facts);
    }

    static Judgement of(Engine engine, List<Fact> facts) {
        List<Verdict> verdicts = engine.evaluate(facts);
        return new Judgement(Placement.decide(facts, verdicts).getFirst(),
                verdicts.stream().filter(Verdict.SiteLost.class::isInstance)
                        .map(it -> ((Verdict.SiteLost) it).site())
                        .collect(Collectors.toCollection(TreeSet::new)),
                verdicts.stream().filter(Verdict.Alarm.class::isInstance)
                        .map(it -> ((Verdict.Alarm) it).reason())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** {@code moves} or {@code stays}, and what is lost, e.g. {@code moves, dc1 lost}. */
    String verdict() {
        return (decision.moves() ? "moves" : "stays")
                + lost.stream().map(it -> ", " + it + " lost").collect(Collectors.joining());
    }

    /** Everything a person is told about it, scores left out. */
    Set<String> said() {
        Set<String> said = new TreeSet<>();
        alarms.forEach(it -> said.add("alarm: " + it));
        if (decision.moves() || decision.kind() == Decision.Kind.HELD) {
            decision.reasons().stream().filter(it -> !it.startsWith("Scores: "))
                    .forEach(it -> said.add(it));
        }
        return said;
    }
}
