package io.siteswap.lab.chaos;

import io.siteswap.lab.scenarios.WriteLoop;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Writes to one database and remembers the moments at which it was let. */
final class Witness implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /** The server's own clock at the moment of the write, before it waits for anything. */
    private static final String MOMENT = "UNIX_TIMESTAMP(SYSDATE(6))";

    private final Evidence evidence = new Evidence();
    private final WriteLoop loop;

    Witness(Path namespace, String site) {
        this.loop = new WriteLoop(namespace, site, MOMENT, PATIENCE, this::write, _ -> {
        });
    }

    private void write(PreparedStatement insert) throws SQLException {
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            long answered = System.nanoTime();
            long wall = TimeUnit.MICROSECONDS.toNanos(row.getBigDecimal(1).movePointRight(6)
                    .longValue());
            long ago = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - wall;
            // The lab is one machine: server and witness read the same clock. One that was stepped
            // back says that it was long ago, which is before the round and no evidence; one that
            // was stepped ahead says nothing. When it was answered always counts.
            evidence.add(answered - Math.max(0, ago));
            evidence.add(answered);
        }
    }

    /** Has it taken a write just now? */
    boolean accepts() {
        return loop.accepts();
    }

    Evidence evidence() {
        return evidence;
    }

    @Override
    public void close() {
        loop.close();
    }
}
