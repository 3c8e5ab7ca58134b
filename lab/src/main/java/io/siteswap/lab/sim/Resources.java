package io.siteswap.lab.sim;

import io.siteswap.policy.plan.Step;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a site has to offer: database, application, load balancer and announcement. */
final class Resources {

    private final Mutation mutation;
    private final Replication replication;
    private final Database database;
    private boolean app;
    private boolean serving;
    private String rung = "backup";
    /** The newest epoch that they have seen. */
    private long newestToken;
    /** The newest epoch that the monitor's process fenced. */
    private long fencedToken = -1;
    /** Activating steps under way; a fence cuts them short. */
    private final Set<Integer> underWay = new HashSet<>();

    Resources(Mutation mutation, Replication replication, Database database) {
        this.mutation = mutation;
        this.replication = replication;
        this.database = database;
    }

    Replication replication() {
        return replication;
    }

    Database database() {
        return database;
    }

    boolean primary() {
        return database.writes();
    }

    boolean app() {
        return app;
    }

    boolean serving() {
        return serving;
    }

    /** Of the announcement. */
    String rung() {
        return rung;
    }

    /** Somebody made the database accept writes. */
    void write() {
        replication.write(database);
    }

    /** A step that makes the site active has begun. */
    void begin(int step) {
        underWay.add(step);
    }

    /** Is the step still under way? It is over with this. */
    boolean end(int step) {
        return underWay.remove(step);
    }

    /** Everything that was under way dies. */
    void cutShort() {
        underWay.clear();
    }

    /** The monitor's process is gone, and with it what its agents knew. */
    void forgetFence() {
        fencedToken = -1;
    }

    void powerOff() {
        underWay.clear();
        // Databases are set up to start refusing writes; applications do not start by themselves.
        if (mutation != Mutation.WRITER_AT_BOOT) {
            replication.powerOff(database);
        }
        app = false;
        serving = false;
        fencedToken = -1;
    }

    /** What a step does to the real thing; empty when done, else why it is refused. */
    Optional<String> apply(Step step, long token) {
        if (token < newestToken || (step.activates() && token <= fencedToken)) {
            return Optional.of("Epoch " + token + " is older than " + newestToken + ".");
        }
        newestToken = Math.max(newestToken, token);
        return switch (step.verb()) {
            case PROMOTE -> replication.promote(database);
            case FOLLOW -> replication.follow(database);
            case RESYNC -> replication.rebuilt(database);
            case STANCE, PAUSE, DEMOTE, STOP, START, GRANT -> {
                set(step);
                yield Optional.empty();
            }
        };
    }

    private void set(Step step) {
        switch (step.verb()) {
            case STANCE -> rung = step.argument();
            case PAUSE -> serving = false;
            case DEMOTE -> demote();
            case STOP -> set(step, false);
            case START -> set(step, true);
            case PROMOTE, FOLLOW, RESYNC, GRANT -> {
            }
        }
    }

    private void demote() {
        if (mutation != Mutation.LYING_DEMOTE) {
            replication.demote(database);
        }
    }

    private void set(Step step, boolean on) {
        if (step.resource().equals("app")) {
            app = on;
        } else {
            serving = on;
        }
    }

    /** The monitor's agents begin to fence: whatever comes later under that epoch is refused. */
    void fenceBegins(long token) {
        fencedToken = Math.max(fencedToken, token);
        cutShort();
    }

    /** The monitor's fence; false: the token is too old. */
    boolean fence(long token) {
        if (token < newestToken) {
            return false;
        }
        newestToken = token;
        rung = "backup";
        stop();
        return true;
    }

    /** The guard's: its agents start with it and know of no token; the speaker always does. */
    void guardFence(long token) {
        if (token >= newestToken) {
            rung = "backup";
        }
        cutShort();
        stop();
    }

    private void stop() {
        if (mutation == Mutation.EMPTY_FENCE) {
            return;
        }
        replication.fence(database);
        app = false;
        serving = false;
    }
}
