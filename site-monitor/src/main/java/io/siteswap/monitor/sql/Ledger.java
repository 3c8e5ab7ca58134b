package io.siteswap.monitor.sql;

import io.siteswap.monitor.config.ClusterConfig.SharedDatabase;
import io.siteswap.monitor.probe.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One connection to the tables of the log. Every statement is a transaction of its own; a
 * position is taken once, by the primary key. Not thread-safe.
 */
final class Ledger implements AutoCloseable {

    /** SQL standard: class of violated constraints, and of transactions that may be tried again. */
    private static final String CONSTRAINT = "23";
    private static final String CONFLICT = "40";

    /** @param id tells the proposals of all processes apart */
    record Entry(long position, String id, String command) {
    }

    /** The state after the entry at {@code position}. */
    record Snapshot(long position, String id, String text) {
    }

    private final Connection connection;
    private final String cluster;
    /** The database's type for long texts. */
    private final String text;

    private Ledger(Connection connection, String cluster, String text) {
        this.connection = connection;
        this.cluster = cluster;
        this.text = text;
    }

    /** @param patience longest wait for the connection and for each answer */
    static Ledger open(SharedDatabase database, String cluster, Duration patience)
            throws SQLException {
        Connection connection = new Sql(database.url(), database.user(), database.password(),
                patience).connect();
        try {
            // Each read must see what is committed now.
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            String text = database.url().startsWith("jdbc:postgresql:") ? "TEXT" : "MEDIUMTEXT";
            return new Ledger(connection, cluster, text);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Makes the tables if they are not there. */
    void prepare() throws SQLException {
        create("siteswap_log", "cluster VARCHAR(100) NOT NULL, pos BIGINT NOT NULL,"
                + " id VARCHAR(150) NOT NULL, command " + text + " NOT NULL,"
                + " PRIMARY KEY (cluster, pos)");
        create("siteswap_snapshot", "cluster VARCHAR(100) NOT NULL, pos BIGINT NOT NULL,"
                + " id VARCHAR(150) NOT NULL, content " + text + " NOT NULL,"
                + " PRIMARY KEY (cluster, pos)");
        create("siteswap_leader", "cluster VARCHAR(100) NOT NULL, term BIGINT NOT NULL,"
                + " node VARCHAR(100) NOT NULL, beat BIGINT NOT NULL, PRIMARY KEY (cluster)");
    }

    private void create(String table, String columns) throws SQLException {
        // Looked for first: the account of a daily life needs no right to make tables.
        try (Statement statement = connection.createStatement()) {
            try (ResultSet _ = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
                return;
            } catch (SQLException e) {
                if (!missing(e)) {
                    throw e;
                }
            }
            statement.execute("CREATE TABLE IF NOT EXISTS " + table + " (" + columns + ")");
        } catch (SQLException e) {
            if (!taken(e)) {
                throw e;
            }
            // Another monitor makes it at the same moment.
        }
    }

    /** PostgreSQL 42P01, MariaDB 42S02: there is no such table. */
    private static boolean missing(SQLException e) {
        return "42P01".equals(e.getSQLState()) || "42S02".equals(e.getSQLState());
    }

    private static boolean taken(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith(CONSTRAINT) || state.startsWith(CONFLICT));
    }

    /** Entries at {@code position} and after it, in order. */
    List<Entry> from(long position, int most) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement("SELECT pos, id, command"
                + " FROM siteswap_log WHERE cluster = ? AND pos >= ?"
                + " ORDER BY pos LIMIT " + most)) {
            ask.setString(1, cluster);
            ask.setLong(2, position);
            List<Entry> entries = new ArrayList<>();
            try (ResultSet row = ask.executeQuery()) {
                while (row.next()) {
                    entries.add(new Entry(row.getLong(1), row.getString(2), row.getString(3)));
                }
            }
            return entries;
        }
    }

    /** @return false: somebody else has that position, or had it at the same moment */
    boolean append(Entry entry) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO siteswap_log"
                + " (cluster, pos, id, command) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, cluster);
            insert.setLong(2, entry.position());
            insert.setString(3, entry.id());
            insert.setString(4, entry.command());
            insert.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (taken(e)) {
                return false;
            }
            throw e;
        }
    }

    /** The newest one. */
    Optional<Snapshot> snapshot() throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement("SELECT pos, id, content"
                + " FROM siteswap_snapshot WHERE cluster = ? ORDER BY pos DESC LIMIT 1")) {
            ask.setString(1, cluster);
            try (ResultSet row = ask.executeQuery()) {
                return row.next()
                        ? Optional.of(new Snapshot(row.getLong(1), row.getString(2),
                                row.getString(3)))
                        : Optional.empty();
            }
        }
    }

    /** Keeps a snapshot; then deletes older ones, and the entries that the last of them covers. */
    void keep(Snapshot snapshot) throws SQLException {
        Optional<Snapshot> before = snapshot();
        if (before.isPresent() && before.get().position() >= snapshot.position()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO"
                + " siteswap_snapshot (cluster, pos, id, content) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, cluster);
            insert.setLong(2, snapshot.position());
            insert.setString(3, snapshot.id());
            insert.setString(4, snapshot.text());
            insert.executeUpdate();
        } catch (SQLException e) {
            if (!taken(e)) {
                throw e;
            }
        }
        if (before.isPresent()) {
            delete("siteswap_snapshot", before.get().position() - 1);
            delete("siteswap_log", before.get().position());
        }
    }

    private void delete(String table, long last) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM " + table + " WHERE cluster = ? AND pos <= ?")) {
            delete.setString(1, cluster);
            delete.setLong(2, last);
            delete.executeUpdate();
        }
    }

    /** Who leads, and the newest sign of it. */
    Optional<Sign> sign() throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(
                "SELECT term, node, beat FROM siteswap_leader WHERE cluster = ?")) {
            ask.setString(1, cluster);
            try (ResultSet row = ask.executeQuery()) {
                return row.next()
                        ? Optional.of(new Sign(row.getLong(1), row.getString(2), row.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    /** @return false: the sign was not {@code before} any more */
    boolean replace(Optional<Sign> before, Sign after) throws SQLException {
        String statement = before.isEmpty()
                ? "INSERT INTO siteswap_leader (term, node, beat, cluster) VALUES (?, ?, ?, ?)"
                : "UPDATE siteswap_leader SET term = ?, node = ?, beat = ?"
                        + " WHERE cluster = ? AND term = ? AND beat = ?";
        try (PreparedStatement change = connection.prepareStatement(statement)) {
            change.setLong(1, after.term());
            change.setString(2, after.node());
            change.setLong(3, after.beat());
            change.setString(4, cluster);
            if (before.isPresent()) {
                change.setLong(5, before.get().term());
                change.setLong(6, before.get().beat());
            }
            return change.executeUpdate() == 1;
        } catch (SQLException e) {
            if (taken(e)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It was of no use any more.
        }
    }
}
