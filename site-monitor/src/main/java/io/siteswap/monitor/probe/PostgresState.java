package io.siteswap.monitor.probe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a PostgreSQL server (10 or newer) says of itself.
 *
 * @param primary not in recovery
 * @param streaming a WAL receiver is connected
 * @param missingBytes received and not yet replayed, in bytes of WAL; 0 on a primary
 * @param received last WAL position received, as text; empty when nothing was ever streamed
 * @param lagMillis 0 when all received WAL is replayed, else the age of the last commit replayed; -1
 *        when unknown
 */
public record PostgresState(boolean primary, boolean streaming, long missingBytes,
        String received, long lagMillis) {

    // Without pg_monitor the status column reads null: the row alone then says that it runs.
    private static final String QUERY = """
            SELECT NOT pg_is_in_recovery() AS is_primary,
              EXISTS (SELECT 1 FROM pg_stat_wal_receiver
                WHERE coalesce(status, 'streaming') = 'streaming') AS streaming,
              CASE WHEN pg_is_in_recovery() THEN greatest(0, coalesce(
                pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), 0))
                ELSE 0 END::bigint AS missing,
              coalesce(pg_last_wal_receive_lsn()::text, '') AS received,
              coalesce((extract(epoch FROM
                clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::bigint, -1) AS age""";

    /** Asks the server. */
    public static PostgresState read(Connection connection) throws SQLException {
        try (Statement ask = connection.createStatement();
                ResultSet row = ask.executeQuery(QUERY)) {
            row.next();
            long missing = row.getLong("missing");
            return new PostgresState(row.getBoolean("is_primary"), row.getBoolean("streaming"),
                    missing, row.getString("received"),
                    missing == 0 ? 0 : Math.max(-1, row.getLong("age")));
        }
    }
}
