package io.siteswap.lab.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Several fresh runs of one scenario: medians of the times, the worst of what must not happen. */
record Runs(List<Result> all) {

    private static final long STEP = 100;

    Runs {
        all = List.copyOf(all);
    }

    boolean ok() {
        return all.stream().allMatch(Result::ok);
    }

    /** One run as it is; more as medians, with every run under {@code each}. */
    ObjectNode json() {
        if (all.size() == 1) {
            return all.getFirst().json();
        }
        ObjectNode json = all.stream().filter(run -> !run.ok()).findFirst()
                .orElse(all.getLast()).json();
        json.put("runs", all.size());
        json.put("runsOk", all.stream().filter(Result::ok).count());
        median(json, "detectMs", run -> run.times().detect());
        median(json, "decideMs", run -> run.times().decide());
        median(json, "routeMs", run -> run.times().route());
        median(json, "promoteMs", run -> run.times().promote());
        median(json, "writableMs", run -> run.times().writable());
        median(json, "writePauseMs", run -> Optional.of(run.writePauseMs()));
        median(json, "failedRequests", run -> Optional.of(run.failedRequests()));
        median(json, "lostTransactions", run -> Optional.of((long) run.lost().size()));
        json.put("dualWriterMs", all.stream().mapToLong(Result::dualWriterMs).max().orElse(0));
        ArrayNode each = json.putArray("each");
        all.forEach(run -> each.add(run.json()));
        return json;
    }

    /** How the times of several runs are distributed, one line per step of 100 ms. */
    List<String> histograms() {
        List<String> lines = new ArrayList<>();
        histogram(lines, "decided", run -> run.times().decide());
        histogram(lines, "database writable", run -> run.times().promote());
        histogram(lines, "clients write again", run -> run.times().writable());
        return lines;
    }

    private void histogram(List<String> lines, String name,
            Function<Result, Optional<Long>> which) {
        List<Long> sorted = all.stream().map(which).flatMap(Optional::stream).sorted().toList();
        if (sorted.isEmpty()) {
            return;
        }
        lines.add("%s after: median %d ms, 90 %% within %d ms, all %d within %d ms".formatted(name,
                median(sorted), sorted.get((sorted.size() * 9 + 9) / 10 - 1), sorted.size(),
                sorted.getLast()));
        for (long step = sorted.getFirst() / STEP; step <= sorted.getLast() / STEP; step++) {
            long from = step * STEP;
            long count = sorted.stream().filter(it -> it >= from && it < from + STEP).count();
            if (count > 0) {
                lines.add("  %5d ms  %s %d".formatted(from, "#".repeat((int) count), count));
            }
        }
    }

    private void median(ObjectNode json, String name, Function<Result, Optional<Long>> which) {
        List<Long> sorted = all.stream().map(which).flatMap(Optional::stream).sorted().toList();
        if (sorted.isEmpty()) {
            json.putNull(name);
        } else {
            json.put(name, median(sorted));
        }
    }

    /** @param sorted not empty */
    static long median(List<Long> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : Stream.of(sorted.get(middle - 1), sorted.get(middle)).mapToLong(Long::longValue)
                        .sum() / 2;
    }
}
