package io.siteswap.policy.engine;

import io.siteswap.policy.verdicts.Verdict;
import io.siteswap.policy.verdicts.Verdict.Alarm;
import io.siteswap.policy.verdicts.Verdict.Hold;
import io.siteswap.policy.verdicts.Verdict.Refuse;
import io.siteswap.policy.verdicts.Verdict.Score;
import io.siteswap.policy.verdicts.Verdict.SiteLost;
import io.siteswap.policy.verdicts.Verdict.Stance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settles what several rules say about one site's stance: added files win over the shipped pack,
 * equals by the better rung; safety's stance is a floor under the result.
 */
record Stances(List<String> ladder) {

    private record Said(Stance stance, Pack pack) {
    }

    /** All verdicts in a fixed order, at most one stance per service and site. */
    List<Verdict> settle(Map<Verdict, Pack> said) {
        TreeMap<String, List<Said>> bySite = new TreeMap<>();
        List<Verdict> settled = new ArrayList<>();
        said.forEach((verdict, pack) -> {
            if (verdict instanceof Stance stance) {
                bySite.computeIfAbsent(stance.service() + "\n" + stance.site(),
                        key -> new ArrayList<>()).add(new Said(stance, pack));
            } else {
                settled.add(verdict);
            }
        });
        bySite.values().forEach(stances -> settled.add(settle(stances)));
        settled.sort(ORDER);
        return List.copyOf(settled);
    }

    private Stance settle(List<Said> stances) {
        Comparator<Said> better = Comparator.comparingInt(said -> position(said.stance()));
        Comparator<Said> fixed = better.thenComparing(said -> said.stance().reason());
        Comparator<Said> strength = Comparator.comparing(Said::pack);
        List<Said> last = new ArrayList<>();
        stances.stream().filter(said -> said.pack() != Pack.SAFETY)
                .min(strength.reversed().thenComparing(fixed)).ifPresent(last::add);
        stances.stream().filter(said -> said.pack() == Pack.SAFETY).forEach(last::add);
        return last.stream().min(fixed).orElseThrow().stance();
    }

    private int position(Stance stance) {
        int position = ladder.indexOf(stance.rung());
        return position < 0 ? ladder.size() : position;
    }

    private static final Comparator<Verdict> ORDER = Comparator.comparing(Stances::key)
            .thenComparing(Verdict::reason);

    private static String key(Verdict verdict) {
        return switch (verdict) {
            case SiteLost lost -> "1 " + lost.site();
            // Lowest score first: what forbids a site is what a reader looks for.
            case Score score -> "2 " + score.service() + " " + score.site() + " "
                    + (score.value() - (long) Integer.MIN_VALUE + 1_000_000_000_000L);
            case Stance stance -> "3 " + stance.service() + " " + stance.site();
            case Hold hold -> "4 " + hold.service();
            case Refuse refuse -> "5 " + refuse.service() + " " + refuse.site();
            case Alarm alarm -> "6 " + alarm.service();
        };
    }
}
