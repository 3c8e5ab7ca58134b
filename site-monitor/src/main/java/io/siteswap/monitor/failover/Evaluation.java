package io.siteswap.monitor.failover;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.verdicts.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Facts, what policy said about them, and what follows; the material of {@code explain}. */
public record Evaluation(List<Fact> facts, List<Verdict> verdicts, List<Decision> decisions) {

    static final Evaluation NONE = new Evaluation(List.of(), List.of(), List.of());

    public Evaluation {
        facts = List.copyOf(facts);
        verdicts = List.copyOf(verdicts);
        decisions = List.copyOf(decisions);
    }

    /** What policy says about {@code facts}. */
    static Evaluation of(Setup setup, List<Fact> facts) {
        List<Verdict> verdicts = setup.rules().evaluate(facts);
        return new Evaluation(facts, verdicts, setup.placing().decide(facts, verdicts));
    }

    /** The decision for a service, absent when it has no candidates. */
    public Optional<Decision> decision(String service) {
        return decisions.stream().filter(it -> it.service().equals(service)).findFirst();
    }

    /** Why the site is lost; empty while it is not. */
    Optional<String> lost(String site) {
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.SiteLost(String lost, String reason)
                    && lost.equals(site)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }

    List<Verdict.Stance> stances(String service) {
        return all(Verdict.Stance.class).filter(it -> it.service().equals(service)).toList();
    }

    List<Verdict.Alarm> alarms() {
        return all(Verdict.Alarm.class).toList();
    }

    private <T> Stream<T> all(Class<T> type) {
        return verdicts.stream().filter(type::isInstance).map(type::cast);
    }
}
