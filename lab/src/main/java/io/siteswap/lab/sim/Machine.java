package io.siteswap.lab.sim;

import io.siteswap.monitor.failover.Node;
import io.siteswap.monitor.health.Hysteresis;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One site's machine: its monitor, database, application, load balancer and speaker. */
final class Machine {

    final String site;
    final boolean datacenter;
    /** This machine's clock is {@code offset + rate * world time}. */
    final long offset;
    final double rate;

    boolean up = true;
    /** When its monitor looks at its clock again. */
    long wakeAt = Long.MAX_VALUE;
    long downSince;
    boolean paused;
    long pausedAt;
    /** Until then its disk takes nothing. */
    long stalledUntil;
    /** Until then its probes see nobody. */
    long liesUntil;
    /** Grows at each power loss, so that what was under way dies with it. */
    int boots;
    Optional<Node> node = Optional.empty();
    int applied;
    ClusterState state;
    final Deque<Runnable> missed = new ArrayDeque<>();

    boolean primary;
    /** When the power went. */
    boolean wrote;
    boolean app;
    boolean serving;
    String rung = "backup";
    long newestToken;
    long fencedToken = -1;
    final Map<String, Integer> cuttable = new HashMap<>();
    int runs;
    /** World time at which the newest granted renewal was sent; the lease rule's own measure. */
    long renewalSent = Long.MIN_VALUE / 2;

    final Map<String, Hysteresis> seen = new HashMap<>();
    List<Fact> lastFacts = new ArrayList<>();

    Machine(String site, boolean datacenter, long offset, double rate, ClusterState state) {
        this.site = site;
        this.datacenter = datacenter;
        this.offset = offset;
        this.rate = rate;
        this.state = state;
    }

    long clock(long world) {
        return offset + (long) (world * rate);
    }

    /** The first moment of world time at which the machine's clock shows {@code clock} or more. */
    long world(long clock) {
        return (long) Math.ceil((clock - offset) / rate);
    }

    /** Its monitor believes that it leads. */
    boolean leads() {
        return node.flatMap(Node::evaluation).isPresent();
    }

    boolean writable() {
        return up && primary;
    }

    boolean running() {
        return up && !paused;
    }

    void powerOff() {
        up = false;
        paused = false;
        boots++;
        node = Optional.empty();
        missed.clear();
        cuttable.clear();
        // Databases are set up to start refusing writes; applications do not start by themselves.
        wrote = primary;
        primary = false;
        app = false;
        serving = false;
        seen.clear();
        lastFacts = new ArrayList<>();
        fencedToken = -1;
    }

    /** What a step does to the real thing; empty when done, else why it is refused. */
    Optional<String> apply(Step step, long token) {
        boolean activates = step.activates();
        if (token < newestToken || (activates && token <= fencedToken)) {
            return Optional.of("Epoch " + token + " is older than " + newestToken + ".");
        }
        newestToken = token;
        switch (step.verb()) {
            case STANCE -> rung = step.argument();
            case PAUSE -> serving = false;
            case DEMOTE -> primary = false;
            case PROMOTE -> primary = true;
            case STOP -> set(step, false);
            case START -> set(step, true);
            case FOLLOW, RESYNC, GRANT -> {
            }
        }
        return Optional.empty();
    }

    private void set(Step step, boolean on) {
        if (step.resource().equals("app")) {
            app = on;
        } else {
            serving = on;
        }
    }

    void fence(long token) {
        primary = false;
        app = false;
        serving = false;
        rung = "backup";
        fencedToken = Math.max(fencedToken, token);
        newestToken = Math.max(newestToken, token);
    }
}
