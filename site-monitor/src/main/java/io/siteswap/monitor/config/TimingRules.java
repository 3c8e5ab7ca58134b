package io.siteswap.monitor.config;

import io.siteswap.monitor.config.ClusterConfig.Timing;
import io.siteswap.monitor.config.Located.Place;
import io.siteswap.monitor.config.Located.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** Defaults of the block {@code timing} and the arithmetic that its values must satisfy. */
final class TimingRules {

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Located NOTHING = new Located.Items(new Place(1, 1), List.of());

    private final Located file;
    private final Located block;
    private final Place fallback;
    private final BiConsumer<Place, String> problems;

    TimingRules(Located file, BiConsumer<Place, String> problems) {
        this.file = file;
        this.block = file.get("timing").orElse(NOTHING);
        this.fallback = file.field("timing").map(Located.Field::key).orElse(file.at());
        this.problems = problems;
    }

    /** The block with defaults filled in; values of a wrong form count as absent. */
    static Timing bind(Located file) {
        Located block = file.get("timing").orElse(NOTHING);
        return new Timing(time(block, "heartbeat", "100ms"),
                time(block, "heartbeat-timeout", "200ms"), time(block, "probe", "200ms"),
                time(block, "probe-timeout", "400ms"), count(block, "rise", 2),
                count(block, "fall", 3), time(block, "lease", "800ms"),
                time(block, "renew", "150ms"), time(block, "fence-bound", "500ms"),
                time(block, "drift-margin", "50ms"), time(block, "election-min", "200ms"),
                time(block, "election-max", "350ms"), time(block, "step-timeout", "30s"),
                time(block, "cooldown", "10m"));
    }

    void check() {
        Timing t = bind(file);
        positive(t);
        if (t.renew().multipliedBy(2).compareTo(t.lease()) >= 0) {
            say("renew", "renew must be less than half of lease, so that one lost renewal does"
                    + " not fence the active site, but 2 x " + show(t.renew()) + " = "
                    + show(t.renew().multipliedBy(2)) + " and lease is " + show(t.lease()));
        }
        if (t.electionMin().compareTo(t.electionMax()) >= 0) {
            say("election-min", "election-min must be less than election-max, but "
                    + show(t.electionMin()) + " >= " + show(t.electionMax()));
        }
        if (t.electionMax().multipliedBy(2).compareTo(t.lease()) >= 0) {
            say("lease", "lease must be more than 2 x election-max, so that a new leader is there"
                    + " before the active site must fence itself, but 2 x "
                    + show(t.electionMax()) + " = " + show(t.electionMax().multipliedBy(2))
                    + " and lease is " + show(t.lease()));
        }
        drift(t);
    }

    /** Two crystals of 500 ppm each differ by a thousandth of the time that they measure. */
    private void drift(Timing t) {
        Duration measured = t.lease().plus(t.fenceBound());
        Duration least = measured.dividedBy(1000);
        if (t.driftMargin().compareTo(least) < 0) {
            say("drift-margin", "drift-margin must be at least a thousandth of lease + fence-bound"
                    + " (" + show(t.lease()) + " + " + show(t.fenceBound()) + " = "
                    + show(measured) + ", so at least " + (least.toMillis() + 1) + "ms), but is "
                    + show(t.driftMargin()));
        }
    }

    /** The guard feeds only as long as the machine would still be reset within the fence bound. */
    void watchdog(Located node) {
        Located block = node.get("watchdog").orElse(NOTHING);
        Place at = node.field("watchdog").map(Located.Field::key).orElse(fallback);
        if (node.text("guard").filter("true"::equals).isEmpty()) {
            problems.accept(at, "'watchdog' needs 'guard: true': the guard feeds it");
        }
        Duration timeout = Binder.watchdog(block).timeout();
        Place of = block.scalar("timeout").map(Scalar::at).orElse(at);
        if (!timeout.equals(Duration.ofSeconds(timeout.toSeconds())) || timeout.isZero()) {
            problems.accept(of, "the watchdog's timeout must be whole seconds from 1s, but is "
                    + show(timeout));
        }
        Timing t = bind(file);
        Duration needed = timeout.plus(t.renew().multipliedBy(2));
        Duration there = t.lease().plus(t.fenceBound());
        if (needed.compareTo(there) > 0) {
            problems.accept(of, "the watchdog's timeout + 2 x renew must be at most lease +"
                    + " fence-bound, so that one lost renewal does not reset the machine, but "
                    + show(timeout) + " + 2 x " + show(t.renew()) + " = " + show(needed) + " > "
                    + show(t.lease()) + " + " + show(t.fenceBound()) + " = " + show(there));
        }
    }

    private void positive(Timing t) {
        range("heartbeat", t.heartbeat(), Duration.ofMillis(10), Duration.ofMinutes(1));
        range("heartbeat-timeout", t.heartbeatTimeout(), Duration.ofMillis(10),
                Duration.ofMinutes(1));
        range("probe", t.probe(), Duration.ofMillis(10), Duration.ofMinutes(1));
        range("probe-timeout", t.probeTimeout(), Duration.ofMillis(10), Duration.ofMinutes(1));
        range("lease", t.lease(), Duration.ofMillis(100), HOUR);
        range("renew", t.renew(), Duration.ofMillis(10), HOUR);
        range("fence-bound", t.fenceBound(), Duration.ofMillis(10), HOUR);
        range("election-min", t.electionMin(), Duration.ofMillis(50), HOUR);
        range("election-max", t.electionMax(), Duration.ofMillis(60), HOUR);
        range("step-timeout", t.stepTimeout(), Duration.ofMillis(100), Duration.ofHours(24));
    }

    private void range(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            say(key, key + " must be from " + show(least) + " to " + show(most) + ", but is "
                    + show(value));
        }
    }

    private void say(String key, String message) {
        problems.accept(block.scalar(key).map(Scalar::at).orElse(fallback), message);
    }

    private static String show(Duration duration) {
        return Durations.show(duration);
    }

    private static Duration time(Located block, String key, String preset) {
        return block.text(key).flatMap(Durations::parse)
                .orElseGet(() -> Durations.parse(preset).orElseThrow());
    }

    private static int count(Located block, String key, int preset) {
        return block.scalar(key).filter(s -> s.text().matches("[0-9]{1,3}"))
                .map(s -> Integer.parseInt(s.text())).orElse(preset);
    }
}
