package io.siteswap.lab.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a round.
 *
 * @param activeBefore site that served when it began
 * @param activeAfter site that serves at its end
 * @param grants how many epochs the ticket has gone on
 * @param dualWriter both databases accepted writes
 * @param noRoute the transit router had no route to the shared prefix
 * @param pause longest time in which no database accepted a write
 * @param decided from the first fault to the first decision
 * @param recovered from the first fault until all was as it should be, operators' work included
 * @param lost acknowledged orders that the active database does not have
 * @param excused why lost orders are no error: the standby had not been there to take them
 * @param resynced an operator had to rebuild the standby's database
 * @param wrong findings; empty when all is well
 */
record RoundReport(int number, long seed, List<Act> acts, String activeBefore, String activeAfter,
        long grants, Duration dualWriter, Duration noRoute, Duration pause,
        Optional<Duration> decided, Duration recovered, int lost, boolean excused,
        boolean resynced, List<String> wrong) {

    RoundReport {
        acts = List.copyOf(acts);
        wrong = List.copyOf(wrong);
    }

    boolean good() {
        return wrong.isEmpty();
    }

    /** Did a site that lost its power, and nothing else, hand over? */
    boolean powerLossOnly() {
        return acts.size() == 1 && acts.getFirst().fault().word().equals("power loss")
                && acts.getFirst().fault().target().equals(activeBefore)
                && !activeAfter.equals(activeBefore);
    }

    ObjectNode json() {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("round", number);
        line.put("seed", seed);
        var faults = line.putArray("faults");
        acts.forEach(act -> faults.add(act.toString()));
        line.put("activeBefore", activeBefore);
        line.put("activeAfter", activeAfter);
        line.put("grants", grants);
        line.put("dualWriterMs", dualWriter.toMillis());
        line.put("noRouteMs", noRoute.toMillis());
        line.put("writePauseMs", pause.toMillis());
        decided.ifPresentOrElse(it -> line.put("decideMs", it.toMillis()),
                () -> line.putNull("decideMs"));
        line.put("recoveredMs", recovered.toMillis());
        line.put("lostTransactions", lost);
        line.put("lossExcused", excused);
        line.put("resynced", resynced);
        var findings = line.putArray("wrong");
        wrong.forEach(findings::add);
        return line;
    }

    /** For people; one line, and one for each finding. */
    String summary() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT,
                "%4d  %-5s %s -> %s  pause %6d ms  back after %5.1f s%s%s  %s", number,
                good() ? "ok" : "WRONG", activeBefore, activeAfter, pause.toMillis(),
                recovered.toMillis() / 1e3, lost > 0 ? "  lost " + lost : "",
                resynced ? "  resynced" : "",
                String.join("; ", acts.stream().map(Act::toString).toList())));
        wrong.forEach(finding -> lines.add("      wrong: " + finding));
        return String.join("\n", lines);
    }
}
