package io.siteswap.lab.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** All rounds together. */
record Totals(List<RoundReport> rounds, long acknowledged) {

    /** Upper ends of the histogram's classes, in ms; the last one is open. */
    private static final List<Long> CLASSES = List.of(100L, 250L, 500L, 1000L, 1500L, 2000L, 3000L,
            5000L, 10_000L, 30_000L);
    private static final int BAR = 50;

    Totals {
        rounds = List.copyOf(rounds);
    }

    private List<RoundReport> wrong() {
        return rounds.stream().filter(round -> !round.good()).toList();
    }

    boolean good() {
        return wrong().isEmpty();
    }

    private long sum(Function<RoundReport, Duration> what) {
        return rounds.stream().mapToLong(round -> what.apply(round).toMillis()).sum();
    }

    private int lost(boolean excused) {
        return rounds.stream().filter(round -> round.excused() == excused)
                .mapToInt(RoundReport::lost).sum();
    }

    private List<RoundReport> powerLosses() {
        return rounds.stream().filter(RoundReport::powerLossOnly).toList();
    }

    /** The value that {@code percent} of them do not exceed; empty when there are none. */
    private static String percentile(List<Long> sorted, int percent) {
        return sorted.isEmpty()
                ? "-"
                : sorted.get((sorted.size() * percent + 99) / 100 - 1) + " ms";
    }

    private static List<Long> sorted(List<RoundReport> rounds,
            Function<RoundReport, Duration> what) {
        return rounds.stream().map(round -> what.apply(round).toMillis()).sorted().toList();
    }

    private Map<Long, Long> histogram() {
        Map<Long, Long> counts = new TreeMap<>();
        CLASSES.forEach(end -> counts.put(end, 0L));
        counts.put(Long.MAX_VALUE, 0L);
        rounds.forEach(round -> counts.merge(CLASSES.stream()
                .filter(end -> round.pause().toMillis() <= end).findFirst()
                .orElse(Long.MAX_VALUE), 1L, Long::sum));
        return counts;
    }

    String json() {
        ObjectNode all = JsonMapper.shared().createObjectNode();
        all.put("rounds", rounds.size());
        all.put("wrong", wrong().size());
        all.put("dualWriterMs", sum(RoundReport::dualWriter));
        all.put("noRouteMs", sum(RoundReport::noRoute));
        all.put("acknowledged", acknowledged);
        all.put("lostTransactions", lost(false));
        all.put("lostTransactionsOfSeveralFaults", lost(true));
        var pauses = all.putObject("writePause");
        histogram().forEach((end, count) -> pauses
                .put(end == Long.MAX_VALUE ? "more" : "<=" + end + "ms", count));
        var faults = all.putObject("faults");
        faults().forEach(faults::put);
        return JsonMapper.shared().writeValueAsString(all);
    }

    private Map<String, Integer> faults() {
        return rounds.stream().flatMap(round -> round.acts().stream())
                .collect(Collectors.toMap(act -> act.fault().word(), _ -> 1, Integer::sum,
                        TreeMap::new));
    }

    /** For people. */
    String summary() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, """

                %d rounds, %d wrong
                both databases writable        %d ms
                no route to the shared prefix  %d ms
                orders acknowledged            %d
                of them lost, one fault        %d
                of them lost, several faults   %d
                rounds that an operator's rebuild of the standby ended  %d""", rounds.size(),
                wrong().size(), sum(RoundReport::dualWriter), sum(RoundReport::noRoute),
                acknowledged, lost(false), lost(true),
                rounds.stream().filter(RoundReport::resynced).count()));
        List<RoundReport> cuts = powerLosses();
        List<Long> decided = sorted(
                cuts.stream().filter(round -> round.decided().isPresent()).toList(),
                round -> round.decided().orElseThrow());
        List<Long> pauses = sorted(cuts, RoundReport::pause);
        lines.add("power loss of the active site alone, " + cuts.size() + " times: decided p50 "
                + percentile(decided, 50) + ", p99 " + percentile(decided, 99)
                + "; time without a writer p50 " + percentile(pauses, 50) + ", p99 "
                + percentile(pauses, 99));
        lines.add("\nlongest time without a writer, by round:");
        long most = histogram().values().stream().mapToLong(Long::longValue).max().orElse(1);
        histogram().forEach((end, count) -> lines.add(String.format(Locale.ROOT, "%12s %4d %s",
                end == Long.MAX_VALUE ? "more" : "<= " + end + " ms", count,
                "#".repeat((int) ((count * BAR + most - 1) / Math.max(1, most))))));
        lines.add("\nfaults:");
        faults().forEach((word, count) -> lines.add(String.format(Locale.ROOT, "%4d  %s", count,
                word)));
        wrong().forEach(round -> lines.add("wrong: round " + round.number()
                + "; again: ./siteswap lab chaos --seed " + round.seed() + " --from "
                + round.number() + " --rounds 1"));
        return String.join("\n", lines);
    }
}
