package io.siteswap.policy.plan;

import io.siteswap.policy.facts.Fact.Candidate;
import io.siteswap.policy.verdicts.Verdict.Score;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The summed scores of a service's candidates, as Pacemaker sums them. */
record Totals(Map<String, Integer> bySite) {

    /** Candidates keep the order of preference. A site without a score has 0. */
    static Totals of(List<Candidate> candidates, Collection<Score> scores) {
        Map<String, Integer> totals = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            totals.put(candidate.site(), 0);
        }
        for (Score score : scores) {
            totals.computeIfPresent(score.site(), (site, sum) -> add(sum, score.value()));
        }
        return new Totals(totals);
    }

    /** Minus infinity absorbs everything, then plus infinity; finite sums stay finite. */
    static int add(int left, int right) {
        if (left <= Score.MINUS_INFINITY || right <= Score.MINUS_INFINITY) {
            return Score.MINUS_INFINITY;
        }
        if (left >= Score.INFINITY || right >= Score.INFINITY) {
            return Score.INFINITY;
        }
        return Math.clamp((long) left + right, Score.MINUS_INFINITY + 1, Score.INFINITY - 1);
    }

    boolean may(String site) {
        return bySite.getOrDefault(site, Score.MINUS_INFINITY) > Score.MINUS_INFINITY;
    }

    /** The site with the highest score; among equals {@code holder}, then the preferred one. */
    String best(String holder) {
        String best = bySite.containsKey(holder) ? holder : "";
        for (Map.Entry<String, Integer> entry : bySite.entrySet()) {
            if (best.isEmpty() || entry.getValue() > bySite.getOrDefault(best, 0)) {
                best = entry.getKey();
            }
        }
        return best;
    }

    /** {@code dc1 110, dc2 -INFINITY}. */
    String text() {
        List<String> parts = bySite.entrySet().stream()
                .map(entry -> entry.getKey() + " " + text(entry.getValue())).toList();
        return String.join(", ", parts);
    }

    private static String text(int value) {
        return switch (value) {
            case Score.INFINITY -> "INFINITY";
            case Score.MINUS_INFINITY -> "-INFINITY";
            default -> Integer.toString(value);
        };
    }
}
