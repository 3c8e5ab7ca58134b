package io.siteswap.monitor.probe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * What a MariaDB server says of itself.
 *
 * @param applied {@code gtid_slave_pos}
 * @param written {@code gtid_binlog_pos}
 * @param replica what it replicates from, absent when nothing is configured
 */
public record MariadbState(boolean readOnly, GtidPosition applied, GtidPosition written,
        Optional<Replica> replica) {

    /**
     * {@code SHOW SLAVE STATUS}.
     *
     * @param source host:port
     * @param io state of the receiving thread: Yes, No, Connecting or Preparing
     * @param sql the applying thread runs
     * @param received position received into the relay log
     * @param behindSeconds -1 when the server does not know
     * @param error last error of either thread, empty when there is none
     */
    public record Replica(String source, String io, boolean sql, GtidPosition received,
            long behindSeconds, String error) {

        public boolean streaming() {
            return io.equals("Yes") && sql;
        }
    }

    /** Everything that was received has been applied. */
    public boolean drained() {
        return replica.map(r -> applied.holds(r.received())).orElse(true);
    }

    /** 0 when drained, else what the server estimates, in ms; -1 when unknown. */
    public long lagMillis() {
        if (drained()) {
            return 0;
        }
        long seconds = replica.map(Replica::behindSeconds).orElse(-1L);
        return seconds < 0 ? -1 : seconds * 1000;
    }

    /** Asks the server. Needs the privileges SLAVE MONITOR and BINLOG MONITOR. */
    public static MariadbState read(Connection connection) throws SQLException {
        try (Statement ask = connection.createStatement()) {
            Optional<Replica> replica;
            try (ResultSet row = ask.executeQuery("SHOW SLAVE STATUS")) {
                replica = row.next() ? Optional.of(replica(row)) : Optional.empty();
            }
            // Read after the received position, so that a server that keeps up is seen so.
            try (ResultSet row = ask.executeQuery(
                    "SELECT @@global.read_only, @@global.gtid_slave_pos, @@global.gtid_binlog_pos")) {
                row.next();
                return new MariadbState(row.getBoolean(1), GtidPosition.parse(text(row, 2)),
                        GtidPosition.parse(text(row, 3)), replica);
            }
        }
    }

    private static Replica replica(ResultSet row) throws SQLException {
        long behind = row.getLong("Seconds_Behind_Master");
        boolean unknown = row.wasNull();
        String error = text(row, row.findColumn("Last_SQL_Error"));
        if (error.isEmpty()) {
            error = text(row, row.findColumn("Last_IO_Error"));
        }
        return new Replica(row.getString("Master_Host") + ":" + row.getInt("Master_Port"),
                row.getString("Slave_IO_Running"),
                "Yes".equals(row.getString("Slave_SQL_Running")),
                GtidPosition.parse(text(row, row.findColumn("Gtid_IO_Pos"))),
                unknown ? -1 : behind, error);
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }
}
