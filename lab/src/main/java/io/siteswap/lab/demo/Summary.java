package io.siteswap.lab.demo;

import io.siteswap.lab.demo.Layout.Place;
import java.util.Optional;

/** What a run leaves on the screen. */
final class Summary {
    private static final int IDS_SHOWN = 20;

    private Summary() {
    }

    static void print(Result result, Timeline timeline) {
        timeline.plain("");
        timeline.plain("Result of " + result.scenario() + ": " + (result.ok() ? "ok" : "WRONG"));
        result.wrong().forEach(sentence -> timeline.plain("  ! " + sentence));
        timeline.plain("  active before / after     " + result.activeBefore() + " / "
                + result.activeAfter());
        if (result.scenario().moves()) {
            line(timeline, "detected after", result.times().detect());
            line(timeline, "decided after", result.times().decide());
            line(timeline, "Internet's route after", result.times().route());
            line(timeline, "database writable after", result.times().promote());
            line(timeline, "clients write again after", result.times().writable());
        }
        line(timeline, "longest write pause", Optional.of(result.writePauseMs()));
        line(timeline, "both databases writable", Optional.of(result.dualWriterMs()));
        timeline.plain("  writes acknowledged       " + result.acknowledged());
        timeline.plain("  requests failed           " + result.failedRequests());
        timeline.plain("  acknowledged but lost     " + result.lost().size()
                + (result.lost().isEmpty()
                        ? ""
                        : " (asynchronous replication): ids "
                                + result.lost().stream().limit(IDS_SHOWN).toList()));
    }

    private static void line(Timeline timeline, String what, Optional<Long> millis) {
        timeline.plain("  %-25s %s".formatted(what, millis.map(ms -> ms + " ms").orElse("-")));
    }

    /** What to try while everything runs. */
    static void printNext(Result result, Layout layout, Timeline timeline) {
        timeline.plain("""

                Everything keeps running. Try:
                  ./siteswap status --api %1$s
                  ./siteswap explain shop --api %1$s
                  %6$s
                  curl -N %1$s/api/events
                  curl -X POST 'http://%2$s:%3$d/tx?id=%4$d'
                  less %5$s
                End it with Ctrl-C here, or from elsewhere with: ./siteswap demo --stop"""
                .formatted(layout.api(Place.ARB), layout.at(Place.INTERNET), Layout.DOOR,
                        System.currentTimeMillis(), layout.config(), swap(result, layout)));
    }

    private static String swap(Result result, Layout layout) {
        return switch (result.scenario()) {
            case APP_SERVER_DOWN, FAILBACK -> "./siteswap switchover shop --to dc2 --api "
                    + layout.api(Place.ARB);
            case PLANNED_SWITCHOVER -> "./siteswap switchover shop --to dc1 --api "
                    + layout.api(Place.ARB);
            // dc1 is dead or cut off here.
            case DC1_POWER_LOSS, SITE_PARTITION, LEADER_KILLED -> "./siteswap demo --scenario"
                    + " failback    # another run: dc1 comes back";
        };
    }
}
