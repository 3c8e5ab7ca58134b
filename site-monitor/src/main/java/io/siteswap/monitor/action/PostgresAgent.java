package io.siteswap.monitor.action;

import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import io.siteswap.monitor.probe.PostgresState;
import io.siteswap.monitor.probe.Sql;
import io.siteswap.policy.plan.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

/**
 * PostgreSQL with streaming replication. Demoted means stopped: a fast shutdown sends all WAL to the
 * standby before it ends, and a server that is down accepts no writes. The user needs EXECUTE on
 * {@code pg_promote} and membership in {@code pg_monitor}.
 */
final class PostgresAgent implements ResourceAgent {

    private static final Duration ANSWER = Duration.ofSeconds(1);
    /** A server that has not said by then what it is gets the fence command. */
    private static final Duration FENCE_ANSWER = Duration.ofMillis(200);
    private static final Duration GONE = Duration.ofSeconds(2);
    private static final int PROMOTE_SECONDS = 20;
    private static final long POLL_MILLIS = 20;
    /** Clients wait for a promotion. */
    private static final long PROMOTE_POLL_MILLIS = 5;
    /** A standby that replays nothing for so long is held back; promotion itself replays the rest. */
    private static final long STALL_MILLIS = 1000;
    /** Connection failures: the server is not there (class 08). */
    private static final String CONNECTION = "08";
    /** cannot_connect_now: starting up or shutting down. */
    private static final Set<String> NOT_NOW = Set.of("57P03", "57P01", "57P02");

    private final String name;
    private final Sql sql;
    private final Argv start;
    private final Argv stop;
    private final Argv fence;
    private final Argv follow;
    private final Argv resync;

    PostgresAgent(String name, ResourceSettings.Postgresql settings) {
        this.name = name;
        this.sql = new Sql(settings.url(), settings.user(), settings.password(), ANSWER);
        this.start = new Argv("start", settings.start());
        this.stop = new Argv("stop", settings.stop());
        this.fence = new Argv("fence", settings.fence());
        this.follow = new Argv("follow", settings.follow());
        this.resync = new Argv("resync", settings.resync());
    }

    @Override
    public String run(Step.Verb verb, String argument, long epoch)
            throws ActionFailed, InterruptedException {
        return switch (verb) {
            case DEMOTE -> demote();
            case PROMOTE -> promote();
            case FOLLOW -> streams() ? name + " streams already." : follow(follow);
            case RESYNC -> follow(resync);
            case STANCE, PAUSE, STOP, GRANT, START -> throw new ActionFailed(
                    "'" + name + "' is a database; it cannot " + verb + ".");
        };
    }

    /** How a server that is asked stands. */
    private enum Standing {
        PRIMARY, STANDBY, BUSY, DOWN, SILENT
    }

    private Standing standing() throws ActionFailed {
        return standing(sql);
    }

    private Standing standing(Sql sql) throws ActionFailed {
        try (Connection connection = sql.connect()) {
            return PostgresState.read(connection).primary() ? Standing.PRIMARY : Standing.STANDBY;
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (NOT_NOW.contains(state)) {
                return Standing.BUSY;
            }
            if (state.startsWith(CONNECTION)) {
                return Sql.refused(e) ? Standing.DOWN : Standing.SILENT;
            }
            throw failed("cannot be asked", e);
        }
    }

    private String demote() throws ActionFailed, InterruptedException {
        switch (standing()) {
            case DOWN -> {
                return name + " is down already.";
            }
            case STANDBY -> {
                return name + " is a standby already.";
            }
            case PRIMARY, BUSY, SILENT -> stop.succeed();
        }
        awaitGone(sql, "stop");
        return name + " is down, all its WAL sent to the standby.";
    }

    @Override
    public String look() throws ActionFailed {
        Standing now = standing(new Sql(sql.url(), sql.user(), sql.password(), FENCE_ANSWER));
        if (fence.missing()) {
            throw new ActionFailed(name + " cannot be fenced, no command 'fence' is configured.");
        }
        return name + " is " + now + ".";
    }

    @Override
    public String fence() throws ActionFailed, InterruptedException {
        Sql quick = new Sql(sql.url(), sql.user(), sql.password(), FENCE_ANSWER);
        switch (settled(quick)) {
            case DOWN -> {
                return name + " is down already.";
            }
            case STANDBY -> {
                return name + " is a standby already.";
            }
            case PRIMARY, BUSY, SILENT -> fence.succeed();
        }
        awaitGone(quick, "fence");
        return name + " was stopped at once.";
    }

    // The kernel may still be taking a killed process apart when the command is over.
    private void awaitGone(Sql asked, String command) throws ActionFailed, InterruptedException {
        long end = System.nanoTime() + GONE.toNanos();
        Standing now = standing(asked);
        while (now != Standing.DOWN) {
            if (System.nanoTime() > end) {
                throw new ActionFailed(name + " is not down after its " + command + " command ("
                        + now + "): check what that command does.");
            }
            Thread.sleep(POLL_MILLIS);
            now = standing(asked);
        }
    }

    // A standby that is just starting must not be killed for it; a primary in recovery must.
    private Standing settled(Sql quick) throws ActionFailed, InterruptedException {
        long end = System.nanoTime() + FENCE_ANSWER.toNanos();
        Standing now = standing(quick);
        while (now == Standing.BUSY && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
            now = standing(quick);
        }
        return now;
    }

    private String promote() throws ActionFailed, InterruptedException {
        try (Connection connection = awake()) {
            if (PostgresState.read(connection).primary()) {
                return name + " is primary already.";
            }
            String received = drain(connection);
            endRecovery(connection);
            verifyPromoted(connection, received);
            return name + " is primary"
                    + (received.isEmpty() ? "." : ", all WAL received up to " + received + ".");
        } catch (SQLException e) {
            throw failed("was not promoted", e);
        }
    }

    // Clients wait: each connection costs the computation of a password's proof.
    private Connection awake() throws SQLException, ActionFailed, InterruptedException {
        boolean started = false;
        while (true) {
            try {
                return sql.connect();
            } catch (SQLException e) {
                if (NOT_NOW.contains(String.valueOf(e.getSQLState()))) {
                    Thread.sleep(POLL_MILLIS);
                } else if (Sql.refused(e) && !started) {
                    started = true;
                    start.succeed();
                } else {
                    throw e;
                }
            }
        }
    }

    // pg_promote could wait by itself, but looks every 100 ms only.
    private void endRecovery(Connection connection)
            throws SQLException, ActionFailed, InterruptedException {
        try (Statement ask = connection.createStatement();
                ResultSet row = ask.executeQuery("SELECT pg_promote(false)")) {
            if (!row.next() || !row.getBoolean(1)) {
                throw new ActionFailed(name + " could not be told to end recovery:"
                        + " look into the server's log.");
            }
        }
        long end = System.nanoTime() + Duration.ofSeconds(PROMOTE_SECONDS).toNanos();
        while (!PostgresState.read(connection).primary()) {
            if (System.nanoTime() > end) {
                throw new ActionFailed(name + " did not end recovery within "
                        + PROMOTE_SECONDS + " s: look into the server's log.");
            }
            Thread.sleep(PROMOTE_POLL_MILLIS);
        }
    }

    /** Waits until all WAL received is replayed; returns the position received. */
    private String drain(Connection connection) throws SQLException, InterruptedException {
        PostgresState now = PostgresState.read(connection);
        long missing = now.missingBytes();
        long moved = System.nanoTime();
        while (now.missingBytes() > 0
                && System.nanoTime() - moved < Duration.ofMillis(STALL_MILLIS).toNanos()) {
            Thread.sleep(POLL_MILLIS);
            now = PostgresState.read(connection);
            if (now.missingBytes() != missing) {
                missing = now.missingBytes();
                moved = System.nanoTime();
            }
        }
        return now.received();
    }

    private void verifyPromoted(Connection connection, String received)
            throws SQLException, ActionFailed {
        try (Statement ask = connection.createStatement();
                ResultSet row = ask.executeQuery("SELECT pg_is_in_recovery(), "
                        + "current_setting('transaction_read_only') = 'on', "
                        + (received.isEmpty()
                                ? "true"
                                : "pg_current_wal_lsn() >= '" + received + "'::pg_lsn"))) {
            row.next();
            if (row.getBoolean(1) || row.getBoolean(2)) {
                throw new ActionFailed(name
                        + " ended recovery and is still read-only: check default_transaction_read_only.");
            }
            if (!row.getBoolean(3)) {
                throw new ActionFailed(name + " was promoted before it applied all WAL up to "
                        + received + ": look into the server's log before clients write.");
            }
        }
    }

    private String follow(Argv command) throws ActionFailed, InterruptedException {
        if (standing() == Standing.PRIMARY) {
            throw new ActionFailed(name + " is primary: demote it before it follows another"
                    + " server, what it has written would be lost.");
        }
        command.succeed();
        // Ends when it streams or when the step's deadline interrupts.
        while (!streams()) {
            Thread.sleep(POLL_MILLIS);
        }
        return name + " is a streaming standby.";
    }

    private boolean streams() {
        try (Connection connection = sql.connect()) {
            PostgresState now = PostgresState.read(connection);
            return !now.primary() && now.streaming();
        } catch (SQLException e) {
            // Still on its way up.
            return false;
        }
    }

    private ActionFailed failed(String what, SQLException e) {
        return new ActionFailed(name + " " + what + ": " + Sql.reason(e), e);
    }
}
