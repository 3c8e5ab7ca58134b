package io.siteswap.monitor.probe;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Asks a database over a connection that is kept while it works. */
final class DatabaseProbe implements Probe {

    /** Reads one kind of server. */
    interface Reader {
        Observation.Database read(String service, String resource, Connection connection)
                throws SQLException;
    }

    private final String service;
    private final String resource;
    private final Sql sql;
    private final Reader reader;
    private volatile @Nullable Connection kept;

    DatabaseProbe(String service, String resource, Sql sql, Reader reader) {
        this.service = service;
        this.resource = resource;
        this.sql = sql;
        this.reader = reader;
    }

    @Override
    public Observation look() throws Exception {
        try {
            Connection connection = kept;
            if (connection == null) {
                connection = sql.connect();
                kept = connection;
            }
            return reader.read(service, resource, connection);
        } catch (SQLException e) {
            reset();
            throw new SQLException(Sql.reason(e), e);
        }
    }

    static Observation.Database postgresql(String service, String resource, Connection connection)
            throws SQLException {
        PostgresState now = PostgresState.read(connection);
        return new Observation.Database(service, resource, true, now.primary(), now.streaming(),
                now.lagMillis(), now.primary() ? "primary" : "standby");
    }

    static Observation.Database mariadb(String service, String resource, Connection connection)
            throws SQLException {
        MariadbState now = MariadbState.read(connection);
        boolean streaming = now.replica().map(MariadbState.Replica::streaming).orElse(false);
        String error = now.replica().map(MariadbState.Replica::error).orElse("");
        return new Observation.Database(service, resource, true, !now.readOnly(), streaming,
                now.lagMillis(), (now.readOnly() ? "read-only" : "writable")
                        + (error.isEmpty() ? "" : ", replication says: " + error));
    }

    /**
     * The same, and a server that may be written to must write: a full or stalled disk answers
     * questions for a long time. The write is an empty message in the WAL, flushed by its commit,
     * that changes no table and waits for no standby.
     */
    static Observation.Database writtenPostgresql(String service, String resource,
            Connection connection) throws SQLException {
        Observation.Database seen = postgresql(service, resource, connection);
        if (seen.primary()) {
            try (Statement write = connection.createStatement()) {
                write.execute("BEGIN; SET LOCAL synchronous_commit = local;"
                        + " SELECT pg_logical_emit_message(true, 'siteswap', ''); COMMIT");
            }
        }
        return seen;
    }

    /** The same for MariaDB, where flushing the engines' logs to disk needs no table. */
    static Observation.Database writtenMariadb(String service, String resource,
            Connection connection) throws SQLException {
        Observation.Database seen = mariadb(service, resource, connection);
        if (seen.primary()) {
            try (Statement write = connection.createStatement()) {
                write.execute("FLUSH NO_WRITE_TO_BINLOG ENGINE LOGS");
            }
        }
        return seen;
    }

    @Override
    public Observation bad(String detail) {
        return Observation.Database.bad(service, resource, detail);
    }

    @Override
    public void reset() {
        Connection connection = kept;
        kept = null;
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // Nothing depends on how a connection that is given up ends.
            }
        }
    }
}
