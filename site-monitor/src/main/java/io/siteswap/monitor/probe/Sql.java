package io.siteswap.monitor.probe;

import java.net.ConnectException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens JDBC connections whose every read ends within a bound, whatever state the server is in.
 *
 * @param bound longest wait for a connection and for each answer
 */
public record Sql(String url, String user, String password, Duration bound) {

    /** @throws SQLException when the server refuses or does not answer */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        boolean postgresql = url.startsWith("jdbc:postgresql:");
        // pgjdbc counts in seconds, MariaDB in ms.
        String wait = String.valueOf(postgresql
                ? Math.max(1, bound.toSeconds())
                : Math.max(1, bound.toMillis()));
        properties.setProperty("connectTimeout", wait);
        properties.setProperty("socketTimeout", wait);
        if (postgresql) {
            properties.setProperty("ApplicationName", "siteswap");
            properties.setProperty("tcpKeepAlive", "true");
        }
        Connection connection = open(properties);
        connection.setNetworkTimeout(Runnable::run, (int) Math.max(1, bound.toMillis()));
        return connection;
    }

    // On a thread of its own: a server that accepts and then says nothing (stopped, out of file
    // descriptors) would hold pgjdbc for a second at least.
    private Connection open(Properties properties) throws SQLException {
        FutureTask<Connection> task = new FutureTask<>(
                () -> DriverManager.getConnection(url, properties));
        Thread thread = Thread.ofVirtual().start(task);
        try {
            return task.get(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException sql
                    ? sql
                    : new SQLException("cannot connect: " + e.getCause(), "08001", e.getCause());
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new SQLException("no answer within " + bound.toMillis() + " ms", "08006", e);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while connecting", "08006", e);
        }
    }

    /** Nobody listens there: the server is down. */
    public static boolean refused(SQLException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }

    /** The reason of a failure without the driver's decorations: its first line. */
    public static String reason(SQLException e) {
        String text = e.getMessage();
        return text == null
                ? e.getClass().getSimpleName()
                : text.lines().findFirst().orElse("no reason given").strip();
    }
}
