package io.siteswap.monitor.probe;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * Opens JDBC connections whose every read ends within a bound, whatever state the server is in.
 *
 * @param bound longest wait for one answer; connecting waits for whole seconds at least
 */
public record Sql(String url, String user, String password, Duration bound) {

    /** @throws SQLException when the server refuses or does not answer */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        boolean postgresql = url.startsWith("jdbc:postgresql:");
        // pgjdbc counts in seconds, MariaDB in ms.
        String wait = String.valueOf(postgresql ? Math.max(1, bound.toSeconds())
                : Math.max(1, bound.toMillis()));
        properties.setProperty("connectTimeout", wait);
        properties.setProperty("socketTimeout", wait);
        if (postgresql) {
            properties.setProperty("ApplicationName", "siteswap");
            properties.setProperty("tcpKeepAlive", "true");
        }
        Connection connection = DriverManager.getConnection(url, properties);
        connection.setNetworkTimeout(Runnable::run, (int) Math.max(1, bound.toMillis()));
        return connection;
    }

    /** The reason of a failure without the driver's decorations: its first line. */
    public static String reason(SQLException e) {
        String text = e.getMessage();
        return text == null ? e.getClass().getSimpleName()
                : text.lines().findFirst().orElse("no reason given").strip();
    }
}
