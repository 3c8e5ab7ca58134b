package io.siteswap.lab.demo;

import io.siteswap.lab.LabFailure;
import io.siteswap.lab.demo.Layout.Place;
import io.siteswap.lab.demo.Observer.Seen;
import io.siteswap.lab.demo.Result.Times;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Plays a scenario on a stage and judges what came of it. */
final class Stories {
    private static final int ACKS_AT_THE_END = 50;
    /** Longer than it takes to notice, decide and move; in that time nothing may have moved. */
    private static final Duration NOTHING_MOVES = Duration.ofSeconds(6);
    private static final String OPERATOR = "demo";

    private final Stage stage;
    private final Scenario scenario;
    private final List<String> wrong = new ArrayList<>();
    private Times times = Times.NONE;
    private long brokenAt;
    private long firstBrokenAt;

    private Stories(Stage stage, Scenario scenario) {
        this.stage = stage;
        this.scenario = scenario;
    }

    static Result play(Scenario scenario, Stage stage, String loadBalancer, int net)
            throws IOException, InterruptedException {
        Stories story = new Stories(stage, scenario);
        String before = stage.active();
        Place after = switch (scenario) {
            case DC1_POWER_LOSS -> story.powerLoss();
            case APP_SERVER_DOWN -> story.appServerDown();
            case SITE_PARTITION -> story.partition();
            case PLANNED_SWITCHOVER -> story.switchover();
            case FAILBACK -> story.failback();
            case LEADER_KILLED -> story.leaderKilled();
        };
        return story.judge(before, after, loadBalancer, net);
    }

    private void broken(String what) {
        firstBrokenAt = brokenAt;
        stage.timeline().zero(brokenAt);
        stage.timeline().plain("");
        stage.timeline().say(brokenAt, "demo", what);
    }

    private Place powerLoss() throws InterruptedException {
        brokenAt = System.nanoTime();
        stage.cluster().powerOff(Place.DC1);
        broken("dc1 loses its power");
        return moved(Place.DC1, Place.DC2, Set.of("dc2", "arb"));
    }

    private Place partition() throws InterruptedException {
        brokenAt = System.nanoTime();
        stage.cluster().links().cut(Place.DC1, Place.DC2);
        stage.cluster().links().cut(Place.DC1, Place.ARB);
        broken("dc1 hears neither dc2 nor arb any more; the Internet still reaches it");
        Place after = moved(Place.DC1, Place.DC2, Set.of("dc2", "arb"));
        if (stage.accepts(Place.DC1)) {
            wrong.add("The database at dc1 still accepts writes: dc1 did not fence itself.");
        }
        return after;
    }

    private Place leaderKilled() throws InterruptedException {
        String leader = stage.status().map(it -> it.path("leader").asString("")).orElse("");
        brokenAt = System.nanoTime();
        stage.cluster().kill("dc1 app1");
        stage.cluster().kill("dc1 app2");
        stage.cluster().databases().kill(Place.DC1);
        broken("dc1's database and applications are killed");
        Predicate<Seen> decision = decision(Place.DC1, Place.DC2);
        stage.observer().await(brokenAt, decision, Stage.PATIENCE);
        stage.cluster().kill(leader + " monitor");
        stage.timeline().say("demo", "the leading monitor, " + leader + ", is killed");
        return moved(Place.DC1, Place.DC2, Set.of("dc1", "dc2", "arb"));
    }

    private Place switchover() throws InterruptedException {
        brokenAt = System.nanoTime();
        broken("an operator asks for a switchover to dc2");
        ask("move", "{\"to\":\"dc2\",\"operator\":\"" + OPERATOR + "\"}");
        Place after = moved(Place.DC1, Place.DC2, Set.of("dc1", "dc2", "arb"));
        times = new Times(Optional.empty(), times.decide(), times.route(), times.promote(),
                times.writable());
        noneFailed(brokenAt);
        return after;
    }

    private Place appServerDown() throws InterruptedException {
        brokenAt = System.nanoTime();
        stage.cluster().kill("dc1 app1");
        broken("application server app1 at dc1 is killed");
        if (stage.observer().await(brokenAt, seen -> seen.text().contains("app1"), Stage.PATIENCE)
                .isEmpty()) {
            wrong.add("No monitor said that app1 is down.");
        }
        stage.observer().await(brokenAt, decision(Place.DC1, Place.DC2), NOTHING_MOVES)
                .ifPresent(seen -> wrong.add("The service was moved: " + seen.text()));
        return Place.DC1;
    }

    private Place failback() throws IOException, InterruptedException {
        powerLoss();
        Times failover = times;
        long poweredAt = System.nanoTime();
        stage.timeline().say(poweredAt, "demo", "dc1 has power again");
        stage.cluster().powerOn(Place.DC1);
        stage.await("dc1's monitor is back", () -> backAsStandby());
        if (stage.first(poweredAt, seen -> seen.kind().equals("ack")
                && seen.text().equals("dc1")).isPresent() || stage.accepts(Place.DC1)) {
            wrong.add("dc1 took writes when its power came back.");
        }
        stage.timeline().say("demo", "an operator has dc1 rebuilt from dc2");
        ask("resync", "{\"site\":\"dc1\",\"operator\":\"" + OPERATOR + "\"}");
        stage.await("dc1 is ready to take over", () -> stage.ready(Place.DC1)
                && stage.holds(Place.DC2));
        long swapAt = System.nanoTime();
        stage.timeline().say(swapAt, "demo", "an operator asks for a switchover to dc1");
        ask("move", "{\"to\":\"dc1\",\"operator\":\"" + OPERATOR + "\"}");
        brokenAt = swapAt;
        moved(Place.DC2, Place.DC1, Set.of("dc1", "dc2", "arb"));
        stage.await("roles are as they were", () -> stage.ready(Place.DC2));
        noneFailed(swapAt);
        times = failover;
        return Place.DC1;
    }

    /** The monitor of dc1 answers, knows that dc2 holds the service, and nothing moved. */
    private boolean backAsStandby() {
        try {
            return stage.observer().monitor(Place.DC1).status()
                    .filter(it -> it.path("services").path("shop").path("holder").asString("")
                            .equals("dc2"))
                    .isPresent() && stage.holds(Place.DC2);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** An operator's request, to any monitor that answers; repeated while it is not yet possible. */
    private void ask(String verb, String body) throws InterruptedException {
        AtomicReference<String> refusal = new AtomicReference<>("");
        stage.await("the request to " + verb + " is accepted", () -> {
            try {
                Optional<String> refused = stage.observer().monitor(Place.ARB)
                        .post("/api/services/shop/" + verb, body);
                refused.filter(why -> !why.equals(refusal.getAndSet(why)))
                        .ifPresent(why -> stage.timeline().say("demo", "refused: " + why));
                return refused.isEmpty();
            } catch (InterruptedException stop) {
                throw new LabFailure("The demo was interrupted", stop);
            }
        });
    }

    /** Waits until everything is at the new site, and keeps the times. */
    private Place moved(Place from, Place to, Set<String> witnesses) throws InterruptedException {
        Optional<Seen> writable = stage.observer().await(brokenAt,
                seen -> seen.kind().equals("ack") && seen.text().equals(to.lower()),
                Stage.PATIENCE);
        if (writable.isEmpty()) {
            wrong.add("No client could write at " + to.lower() + " within "
                    + Stage.PATIENCE.toSeconds() + " s.");
            return from;
        }
        stage.await(to.lower() + " holds the service and nothing is under way",
                () -> stage.holds(to));
        stage.awaitAcks(to, ACKS_AT_THE_END);
        times = new Times(
                millis(seen -> witnesses.contains(seen.who())
                        && Set.of("health", "alarm", "decision").contains(seen.kind())
                        && seen.text().contains(from.lower())),
                millis(decision(from, to)),
                millis(seen -> seen.kind().equals("route") && seen.text().equals(to.lower())),
                millis(seen -> seen.kind().equals("writes") && seen.text().equals(to.lower())),
                writable.map(this::sinceBreak));
        return to;
    }

    private static Predicate<Seen> decision(Place from, Place to) {
        return seen -> seen.kind().equals("decision")
                && seen.text().contains("from " + from.lower() + " to " + to.lower());
    }

    private Optional<Long> millis(Predicate<Seen> which) {
        return stage.first(brokenAt, which).map(this::sinceBreak);
    }

    private long sinceBreak(Seen seen) {
        return Duration.ofNanos(seen.at() - brokenAt).toMillis();
    }

    private void noneFailed(long since) {
        long failed = stage.client().failures().stream().filter(it -> it.sent() > since).count();
        if (failed > 0) {
            wrong.add(failed + " requests failed during a planned switchover, e.g. "
                    + stage.client().failures().getLast().why() + ".");
        }
    }

    private Result judge(String before, Place expected, String loadBalancer, int net)
            throws InterruptedException {
        stage.awaitAcks(expected, ACKS_AT_THE_END);
        long steadyAt = stage.steadyAt();
        stage.client().close();
        String after = stage.active();
        Place wanted = scenario == Scenario.APP_SERVER_DOWN || scenario == Scenario.FAILBACK
                ? Place.DC1
                : Place.DC2;
        if (!after.equals(wanted.lower())) {
            wrong.add("Clients write at " + after + ", not at " + wanted.lower() + ".");
        }
        if (!stage.holds(wanted)) {
            wrong.add("The monitors do not say that " + wanted.lower() + " holds the service.");
        }
        List<Long> lost = stage.lost(wanted);
        boolean planned = scenario == Scenario.PLANNED_SWITCHOVER
                || scenario == Scenario.APP_SERVER_DOWN;
        if (planned && !lost.isEmpty()) {
            wrong.add(lost.size() + " acknowledged transactions are lost although the old site"
                    + " could help.");
        }
        Duration both = stage.dualWriter();
        if (!both.isZero()) {
            wrong.add("Both databases accepted writes at once for " + both.toNanos() / 1000
                    + " us.");
        }
        long failed = stage.client().failures().stream().filter(it -> it.sent() > steadyAt).count();
        return new Result(scenario, wrong, before, after, times, lost, stage.client().acks().size(),
                ceilMillis(both), failed,
                stage.client().longestPauseNanos(firstBrokenAt) / 1_000_000, loadBalancer, net);
    }

    /** Never rounds a real overlap down to nothing. */
    private static long ceilMillis(Duration duration) {
        return (duration.toNanos() + 999_999) / 1_000_000;
    }
}
