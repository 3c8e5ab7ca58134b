package io.siteswap.lab.scenarios;

import io.siteswap.lab.client.Spans;
import io.siteswap.lab.topology.NetworkNamespace;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Tries to write to one database every 10 ms, from that database's own network namespace and as an
 * ordinary user: no fault of the network hides from it that the database would take a write.
 */
final class DirectWriter implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final Duration RECENT = Duration.ofMillis(500);
    private static final String URL = "jdbc:mariadb://127.0.0.1:3306/shop"
            + "?connectTimeout=300&socketTimeout=6000";

    private final String site;
    private final Timeline timeline;
    private final Spans spans = new Spans();
    private final Thread thread;
    private volatile boolean open = true;
    private boolean writable;
    private long lastAccepted;

    DirectWriter(Path namespace, String site, Timeline timeline) {
        this.site = site;
        this.timeline = timeline;
        this.thread = NetworkNamespace.start(namespace, "writer-" + site, this::run);
    }

    private void run() {
        // Numbers are unique over all runs on the same disks.
        var n = System.currentTimeMillis() * 1000;
        while (open) {
            try (var connection = DriverManager.getConnection(URL, "shop", "shop");
                    var insert = connection
                            .prepareStatement("INSERT INTO writers (site, n) VALUES (?, ?)")) {
                while (open) {
                    insert.setString(1, site);
                    insert.setLong(2, n++);
                    var began = System.nanoTime();
                    insert.executeUpdate();
                    wrote(began);
                    LockSupport.parkNanos(PERIOD.toNanos());
                }
            } catch (SQLException e) {
                refused(e);
                LockSupport.parkNanos(PERIOD.toNanos());
            }
        }
    }

    private synchronized void wrote(long began) {
        lastAccepted = System.nanoTime();
        spans.accepted(began, lastAccepted);
        if (!writable) {
            writable = true;
            timeline.add(site, "writable", "the database of " + site + " takes writes");
        }
    }

    private synchronized void refused(SQLException e) {
        spans.refused();
        if (writable) {
            writable = false;
            timeline.add(site, "closed", "the database of " + site + " takes no more writes: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** Has it taken a write just now? A write that hangs in a dead server is no write. */
    synchronized boolean writable() {
        return writable && System.nanoTime() - lastAccepted < RECENT.toNanos();
    }

    Spans spans() {
        return spans;
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
