package io.siteswap.lab.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What happens in a round: the same for the same seed, number and active site. */
final class Draw {

    /** So many rounds in a hundred are a power loss of the active site and nothing else. */
    private static final int POWER_ONLY = 20;
    private static final int MOST_ACTS = 3;
    /** Within this time all faults begin. */
    private static final int BEGIN_MILLIS = 3000;
    private static final int SHORTEST_MILLIS = 200;
    /** Longer than a lease, a fence, an election and a hold timer together. */
    private static final int LONGEST_MILLIS = 6000;
    private static final Duration POWER_OFF = Duration.ofSeconds(6);

    private static final List<List<Fault>> FAMILIES = List.of(Processes.all(), Links.all(),
            Machines.all(), Clocks.all());

    private Draw() {
    }

    /** In the order in which they begin. */
    static List<Act> round(long seed, int number, String active) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        if (random.nextInt(100) < POWER_ONLY) {
            return List.of(new Act(Machines.power(active), Duration.ZERO, POWER_OFF));
        }
        List<Act> acts = new ArrayList<>();
        int wanted = 1 + random.nextInt(MOST_ACTS);
        while (acts.size() < wanted) {
            List<Fault> family = FAMILIES.get(random.nextInt(FAMILIES.size()));
            Fault fault = family.get(random.nextInt(family.size()));
            Duration at = acts.isEmpty()
                    ? Duration.ZERO
                    : Duration.ofMillis(random.nextInt(BEGIN_MILLIS));
            Duration lasting = Duration
                    .ofMillis(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
            if (acts.stream().allMatch(act -> fits(act.fault(), fault))) {
                acts.add(new Act(fault, at, lasting));
            }
        }
        return acts.stream().sorted(Comparator.comparing(Act::at)).toList();
    }

    private static boolean fits(Fault one, Fault other) {
        return one.goesWith(other) && other.goesWith(one);
    }

    /** Every fault there is, for the reader of a report. */
    static Stream<Fault> every() {
        return FAMILIES.stream().flatMap(List::stream);
    }
}
