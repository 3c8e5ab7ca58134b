package io.siteswap.policy.plan;

import io.siteswap.policy.plan.Step.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects the steps of one transition; a step may only come after steps already added. */
final class StepGraph {

    private static final String ANNOUNCEMENT = "announcement";

    private final List<Step> steps = new ArrayList<>();

    static String id(String site, String resource, Verb verb) {
        return site + "." + resource + "." + verb.name().toLowerCase(Locale.ROOT);
    }

    String add(String site, String resource, Verb verb, boolean bestEffort, List<String> after) {
        return add(new Step(id(site, resource, verb), site, resource, verb, "", after,
                bestEffort));
    }

    String stance(String site, String rung, boolean bestEffort, List<String> after) {
        return add(new Step(site + "." + ANNOUNCEMENT + "." + rung, site, ANNOUNCEMENT,
                Verb.STANCE, rung, after, bestEffort));
    }

    String grant(List<String> after) {
        return add(new Step("grant", "", "", Verb.GRANT, "", after, false));
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    private String add(Step step) {
        List<String> known = steps.stream().map(Step::id).toList();
        if (known.contains(step.id()) || !known.containsAll(step.after())) {
            throw new IllegalStateException("step out of order or twice: " + step);
        }
        steps.add(step);
        return step.id();
    }
}
