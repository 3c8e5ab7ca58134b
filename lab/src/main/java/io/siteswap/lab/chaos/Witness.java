package io.siteswap.lab.chaos;

import io.siteswap.lab.topology.NetworkNamespace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Tries to write to one database every 10 ms, from that database's own network namespace and as an
 * ordinary user, and remembers when it was let. No fault of the network hides from it that the
 * database would take a write.
 */
final class Witness implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final Duration RECENT = Duration.ofMillis(500);
    private static final String URL = "jdbc:mariadb://127.0.0.1:3306/shop"
            + "?connectTimeout=300&socketTimeout=8000";
    /** The server's own clock at the moment of the write, before it waits for anything. */
    private static final String WRITE = "INSERT INTO writers (site, n) VALUES (?, ?)"
            + " RETURNING UNIX_TIMESTAMP(SYSDATE(6))";

    private final String site;
    private final Evidence evidence = new Evidence();
    private final Thread thread;
    private volatile boolean open = true;
    private volatile boolean accepts;
    private volatile long lastAccepted;

    Witness(Path namespace, String site) {
        this.site = site;
        this.thread = NetworkNamespace.start(namespace, "witness-" + site, this::run);
    }

    private void run() {
        // Numbers are unique over all runs on the same disks.
        long n = System.currentTimeMillis() * 1000;
        while (open) {
            try (Connection connection = DriverManager.getConnection(URL, "shop", "shop");
                    PreparedStatement insert = connection.prepareStatement(WRITE)) {
                while (open) {
                    write(insert, n++);
                    LockSupport.parkNanos(PERIOD.toNanos());
                }
            } catch (SQLException e) {
                accepts = false;
                LockSupport.parkNanos(PERIOD.toNanos());
            }
        }
    }

    private void write(PreparedStatement insert, long n) throws SQLException {
        insert.setString(1, site);
        insert.setLong(2, n);
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            long answered = System.nanoTime();
            long wall = TimeUnit.MICROSECONDS.toNanos(row.getBigDecimal(1).movePointRight(6)
                    .longValue());
            long ago = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - wall;
            // The lab is one machine: server and witness read the same clock.
            evidence.add(answered - Math.max(0, ago));
            evidence.add(answered);
            lastAccepted = answered;
            accepts = true;
        }
    }

    /** Has it taken a write just now? */
    boolean accepts() {
        return accepts && System.nanoTime() - lastAccepted < RECENT.toNanos();
    }

    Evidence evidence() {
        return evidence;
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
