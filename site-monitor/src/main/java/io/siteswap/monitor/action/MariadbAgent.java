package io.siteswap.monitor.action;

import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import io.siteswap.monitor.config.HostPort;
import io.siteswap.monitor.probe.GtidPosition;
import io.siteswap.monitor.probe.MariadbState;
import io.siteswap.monitor.probe.Sql;
import io.siteswap.policy.plan.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MariaDB with GTID replication. Demoted means {@code read_only}: the server keeps running, so that
 * the replica can fetch the last transactions. An account with READ ONLY ADMIN writes all the same;
 * applications must not have it. Siteswap's own account needs it, and PROCESS, CONNECTION ADMIN, REPLICATION
 * SLAVE ADMIN, SLAVE MONITOR and BINLOG MONITOR.
 */
final class MariadbAgent implements ResourceAgent {

    private static final Logger LOG = LoggerFactory.getLogger(MariadbAgent.class);
    private static final Duration ANSWER = Duration.ofSeconds(1);
    /** A fence that has not succeeded by SQL within this goes on with the fence command. */
    private static final Duration FENCE_ANSWER = Duration.ofMillis(200);
    private static final Duration GOODBYE = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 10;
    /** No transaction arrived for so long: what the lost source had sent is here. */
    private static final long QUIET_MILLIS = 50;
    /** How long a demotion waits until the last transaction has been sent to the replica. */
    private static final long SEND_MILLIS = 500;
    private static final String DUMP = "Binlog Dump";

    private final String name;
    private final ResourceSettings.Mariadb settings;
    private final Sql sql;
    private final Argv start;
    private final Argv fence;
    private final Argv resync;
    private volatile CompletableFuture<Void> forgetting = CompletableFuture.completedFuture(null);

    MariadbAgent(String name, ResourceSettings.Mariadb settings) {
        this.name = name;
        this.settings = settings;
        this.sql = new Sql(settings.url(), settings.user(), settings.password(), ANSWER);
        this.start = new Argv("start", settings.start());
        this.fence = new Argv("fence", settings.fence());
        this.resync = new Argv("resync", settings.resync());
    }

    @Override
    public String run(Step.Verb verb, String argument, long epoch)
            throws ActionFailed, InterruptedException {
        return switch (verb) {
            case DEMOTE -> demote();
            case PROMOTE -> promote();
            case FOLLOW -> follow();
            case RESYNC -> resync();
            case STANCE, PAUSE, STOP, GRANT, START -> throw new ActionFailed(
                    "'" + name + "' is a database; it cannot " + verb + ".");
        };
    }

    private String demote() throws ActionFailed, InterruptedException {
        try (Connection connection = sql.connect()) {
            int cut = refuseWrites(connection);
            boolean sent = waitUntilSent(connection);
            return name + " is read-only at " + MariadbState.read(connection).written() + ", " + cut
                    + " connections cut, " + (sent
                            ? "everything sent to the replica."
                            : "replica not known to have everything.");
        } catch (SQLException e) {
            if (Sql.refused(e)) {
                return name + " is down already.";
            }
            throw failed("was not demoted", e);
        }
    }

    @Override
    public String look() throws ActionFailed {
        Sql quick = new Sql(settings.url(), settings.user(), settings.password(), FENCE_ANSWER);
        try (Connection connection = quick.connect()) {
            boolean readOnly = MariadbState.read(connection).readOnly();
            return name + (readOnly ? " is read-only, " : " is writable, ")
                    + clients(connection).size() + " connections.";
        } catch (SQLException e) {
            if (Sql.refused(e)) {
                return name + " is down.";
            }
            throw failed("does not answer", e);
        }
    }

    @Override
    public String fence() throws ActionFailed, InterruptedException {
        Sql quick = new Sql(settings.url(), settings.user(), settings.password(), FENCE_ANSWER);
        try (Connection connection = quick.connect()) {
            int cut = refuseWrites(connection);
            return name + " is read-only, " + cut + " connections cut.";
        } catch (SQLException e) {
            if (Sql.refused(e)) {
                return name + " is down already.";
            }
            if (fence.missing()) {
                throw failed("was not fenced, and no command 'fence' is configured", e);
            }
            fence.succeed();
            return name + " did not answer (" + Sql.reason(e) + ") and was killed.";
        }
    }

    /** Returns the number of connections cut. */
    private static int refuseWrites(Connection connection) throws SQLException {
        try (Statement run = connection.createStatement()) {
            try {
                run.execute("SET STATEMENT lock_wait_timeout=0 FOR SET GLOBAL read_only=1");
            } catch (SQLException e) {
                // A statement that runs holds it up: its connection is cut, then it goes through.
                cutClients(connection);
                run.execute("SET GLOBAL read_only=1");
            }
        }
        return cutClients(connection);
    }

    private static List<Long> clients(Connection connection) throws SQLException {
        List<Long> clients = new ArrayList<>();
        try (Statement ask = connection.createStatement();
                ResultSet row = ask.executeQuery("SELECT id FROM information_schema.processlist "
                        + "WHERE user NOT IN ('system user', substring_index(user(), '@', 1)) "
                        + "AND command NOT IN ('Daemon', 'Slave_IO', 'Slave_SQL', 'Slave_worker') "
                        + "AND command NOT LIKE '" + DUMP + "%'")) {
            while (row.next()) {
                clients.add(row.getLong(1));
            }
        }
        return clients;
    }

    private static int cutClients(Connection connection) throws SQLException {
        List<Long> clients = clients(connection);
        try (Statement ask = connection.createStatement()) {
            for (long client : clients) {
                try {
                    ask.execute("KILL HARD CONNECTION " + client);
                } catch (SQLException e) {
                    // It left by itself in between.
                    if (e.getErrorCode() != 1094) {
                        throw e;
                    }
                }
            }
        }
        return clients.size();
    }

    /** Every dump thread has sent all it has; false when there is none or time is up. */
    private static boolean waitUntilSent(Connection connection)
            throws SQLException, InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(SEND_MILLIS).toNanos();
        while (true) {
            int dumps = 0;
            int sent = 0;
            try (Statement ask = connection.createStatement();
                    ResultSet row = ask.executeQuery("SELECT state FROM "
                            + "information_schema.processlist WHERE command LIKE '" + DUMP
                            + "%'")) {
                while (row.next()) {
                    dumps++;
                    String state = row.getString(1);
                    sent += state != null && state.contains("sent all binlog") ? 1 : 0;
                }
            }
            if (dumps == 0 || sent == dumps || System.nanoTime() > end) {
                return dumps > 0 && sent == dumps;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private String promote() throws ActionFailed, InterruptedException {
        try (Connection connection = connectOrStart();
                Statement run = connection.createStatement()) {
            MariadbState now = MariadbState.read(connection);
            if (now.replica().isPresent()) {
                now = drain(connection, now);
                // Nothing more is applied from here on; the connection to the source ends later.
                run.execute("STOP SLAVE SQL_THREAD");
            } else if (!now.readOnly()) {
                return name + " is writable already.";
            }
            run.execute("SET GLOBAL read_only=0");
            if (now.replica().isPresent()) {
                forgetSource();
            }
            return name + " is writable at " + now.applied() + ".";
        } catch (SQLException e) {
            throw failed("was not promoted", e);
        }
    }

    /**
     * Ends replication for good, beside the takeover. With semi-synchronous replication STOP SLAVE
     * calls the source to say goodbye, and where that is dead waits one to several seconds for it.
     * When it fails the source is still configured, and the next demotion or follow sees to it.
     */
    private void forgetSource() {
        forgetting = CompletableFuture.runAsync(() -> {
            Sql patient = new Sql(settings.url(), settings.user(), settings.password(), GOODBYE);
            try (Connection connection = patient.connect();
                    Statement run = connection.createStatement()) {
                run.execute("STOP SLAVE");
                run.execute("RESET SLAVE ALL");
            } catch (SQLException e) {
                LOG.warn("{} still knows its old source: {}", name, Sql.reason(e));
            }
        }, Thread::startVirtualThread);
    }

    private Connection connectOrStart() throws SQLException, ActionFailed, InterruptedException {
        try {
            return sql.connect();
        } catch (SQLException e) {
            if (!Sql.refused(e)) {
                throw e;
            }
            start.succeed();
        }
        while (true) {
            try {
                return sql.connect();
            } catch (SQLException e) {
                if (!Sql.refused(e)) {
                    throw e;
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    /** Waits until nothing more arrives and all that arrived is applied. */
    private MariadbState drain(Connection connection, MariadbState first)
            throws SQLException, ActionFailed, InterruptedException {
        MariadbState now = first;
        GtidPosition received = received(now);
        long quietSince = System.nanoTime();
        while (!now.drained() || System.nanoTime() - quietSince < Duration
                .ofMillis(QUIET_MILLIS).toNanos()) {
            MariadbState.Replica replica = now.replica().orElseThrow();
            if (!now.drained() && !replica.sql()) {
                throw new ActionFailed(name + " has received " + replica.received()
                        + " and stopped applying at " + now.applied() + " ("
                        + (replica.error().isEmpty() ? "replication is stopped" : replica.error())
                        + "): repair replication, then move again.");
            }
            Thread.sleep(POLL_MILLIS);
            now = MariadbState.read(connection);
            if (now.replica().isEmpty()) {
                return now;
            }
            if (!received(now).equals(received)) {
                received = received(now);
                quietSince = System.nanoTime();
            }
        }
        return now;
    }

    private static GtidPosition received(MariadbState now) {
        return now.replica().map(MariadbState.Replica::received).orElse(now.applied());
    }

    private String resync() throws ActionFailed, InterruptedException {
        try (Connection connection = sql.connect()) {
            if (!MariadbState.read(connection).readOnly()) {
                throw new ActionFailed(name + " is writable: demote it before it is rebuilt from"
                        + " another server, what it has written would be lost.");
            }
        } catch (SQLException e) {
            // A server that is down or broken is what resync is for.
        }
        resync.succeed();
        return follow();
    }

    private String follow() throws ActionFailed, InterruptedException {
        // It would undo what is set up here.
        forgetting.join();
        try (Connection connection = connectOrStart();
                Statement run = connection.createStatement()) {
            MariadbState before = MariadbState.read(connection);
            boolean configured = before.replica().map(r -> r.source().equals(settings.source()))
                    .orElse(false);
            if (configured && before.readOnly()
                    && before.replica().map(MariadbState.Replica::streaming).orElse(false)) {
                return name + " replicates from " + settings.source() + " already.";
            }
            refuseWrites(connection);
            run.execute("STOP SLAVE");
            run.execute(changeMaster(before));
            run.execute("START SLAVE");
            return awaitStreaming(connection);
        } catch (SQLException e) {
            throw failed("does not follow " + settings.source(), e);
        }
    }

    // What a former primary wrote itself must count as its position, or it would fetch it again.
    private String changeMaster(MariadbState before) {
        HostPort source = HostPort.parse(settings.source());
        boolean wasPrimary = before.replica().isEmpty() && !before.written().last().isEmpty();
        return "CHANGE MASTER TO MASTER_HOST='" + quoted(source.host()) + "', MASTER_PORT="
                + source.port() + ", MASTER_USER='" + quoted(settings.replicationUser())
                + "', MASTER_PASSWORD='" + quoted(settings.replicationPassword())
                + "', MASTER_CONNECT_RETRY=1, MASTER_USE_GTID=slave_pos"
                + (wasPrimary ? ", MASTER_DEMOTE_TO_SLAVE=1" : "");
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("'", "''");
    }

    private String awaitStreaming(Connection connection)
            throws SQLException, ActionFailed, InterruptedException {
        while (true) {
            MariadbState.Replica now = MariadbState.read(connection).replica().orElseThrow();
            if (now.streaming()) {
                return name + " replicates from " + settings.source() + ".";
            }
            if (now.io().equals("No") || !now.sql()) {
                throw new ActionFailed(name + " cannot replicate from " + settings.source() + ": "
                        + (now.error().isEmpty() ? "replication stopped" : now.error())
                        + " If it has transactions that the source lacks, run resync.");
            }
            // Connecting: ends when it is there or when the step's deadline interrupts.
            Thread.sleep(POLL_MILLIS);
        }
    }

    private ActionFailed failed(String what, SQLException e) {
        return new ActionFailed(name + " " + what + ": " + Sql.reason(e), e);
    }
}
