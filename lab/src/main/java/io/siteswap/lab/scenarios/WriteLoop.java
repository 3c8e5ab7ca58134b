package io.siteswap.lab.scenarios;

import io.siteswap.lab.topology.NetworkNamespace;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Tries to write to one database every 10 ms, from that database's own network namespace and as an
 * ordinary user: no fault of the network hides from it that the database would take a write.
 */
public final class WriteLoop implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final Duration RECENT = Duration.ofMillis(500);
    private static final String URL = "jdbc:mariadb://127.0.0.1:3306/shop?connectTimeout=300";
    private static final String INSERT = "INSERT INTO writers (site, n) VALUES (?, ?)";

    private final String site;
    private final String url;
    private final String returning;
    private final Write write;
    private final Consumer<SQLException> refused;
    private final Thread thread;
    private volatile boolean open = true;
    private volatile boolean accepts;
    private volatile long lastAccepted;

    /** Executes the insert, whose values are set, and notes what it has to. */
    @FunctionalInterface
    public interface Write {
        void execute(PreparedStatement insert) throws SQLException;
    }

    /**
     * @param returning what the insert returns, or empty for nothing
     * @param patience for a server that does not answer
     * @param refused told each refusal and each lost connection
     */
    public WriteLoop(Path namespace, String site, String returning, Duration patience, Write write,
            Consumer<SQLException> refused) {
        this.site = site;
        this.url = URL + "&socketTimeout=" + patience.toMillis();
        this.returning = returning.isEmpty() ? "" : " RETURNING " + returning;
        this.write = write;
        this.refused = refused;
        this.thread = NetworkNamespace.start(namespace, "writer-" + site, this::run);
    }

    private void run() {
        // Numbers are unique over all runs on the same disks.
        long n = System.currentTimeMillis() * 1000;
        while (open) {
            try (var connection = DriverManager.getConnection(url, "shop", "shop");
                    var insert = connection.prepareStatement(INSERT + returning)) {
                while (open) {
                    insert.setString(1, site);
                    insert.setLong(2, n++);
                    write.execute(insert);
                    lastAccepted = System.nanoTime();
                    accepts = true;
                    LockSupport.parkNanos(PERIOD.toNanos());
                }
            } catch (SQLException e) {
                accepts = false;
                refused.accept(e);
                LockSupport.parkNanos(PERIOD.toNanos());
            }
        }
    }

    /** Has it taken a write just now? A write that hangs in a dead server is no write. */
    public boolean accepts() {
        return accepts && System.nanoTime() - lastAccepted < RECENT.toNanos();
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
