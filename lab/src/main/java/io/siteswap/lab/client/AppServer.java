package io.siteswap.lab.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The application: {@code POST /tx?id=N} inserts a row into the site's own database and answers 200
 * only after the commit; {@code GET /health} answers 200 while the process lives. It runs hot at both
 * sites, as an application server that keeps connecting until its database accepts writes.
 */
public final class AppServer {
    private static final int MAX_DIGITS = 18;
    /** A database has room for a limited number of sessions. */
    private static final int CONNECTIONS = 8;
    private static final int TURN_SECONDS = 5;
    private static final long WARM_UP_MILLIS = 200;

    private final String site;
    private final String url;
    private final Properties settings = new Properties();
    private final Semaphore turns = new Semaphore(CONNECTIONS, true);
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    private AppServer(String site, String url, String user, String password) {
        this.site = site;
        this.url = url;
        settings.setProperty("user", user);
        settings.setProperty("password", password);
        if (url.startsWith("jdbc:mariadb:")) {
            settings.setProperty("connectTimeout", "2000");
            settings.setProperty("socketTimeout", "5000");
        } else {
            settings.setProperty("sslmode", "disable");
            settings.setProperty("gssEncMode", "disable");
            settings.setProperty("connectTimeout", "2");
            settings.setProperty("loginTimeout", "2");
            settings.setProperty("socketTimeout", "5");
        }
    }

    /** @param args site, address, port, JDBC address of the site's database, user, password */
    public static void main(String[] args) throws IOException {
        AppServer app = new AppServer(args[0], args[3], args[4], args[5]);
        HttpServer server = HttpServer.create(
                new InetSocketAddress(args[1], Integer.parseInt(args[2])), 256);
        server.createContext("/tx", app::transaction);
        server.createContext("/health", exchange -> app.answer(exchange, 200, "up"));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        System.out.println("up");
        app.warmUp();
    }

    /** Hot standby: the driver is loaded and a connection open before the first request comes. */
    private void warmUp() {
        while (true) {
            try {
                Connection connection = DriverManager.getConnection(url, settings);
                try (PreparedStatement ask = connection.prepareStatement("select 1")) {
                    ask.executeQuery().close();
                }
                idle.addFirst(connection);
                return;
            } catch (SQLException notYet) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(WARM_UP_MILLIS));
            }
        }
    }

    private void transaction(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String id = query.startsWith("id=") ? query.substring(3) : "";
        if (!id.matches("[0-9]{1," + MAX_DIGITS + "}")) {
            answer(exchange, 400, "ask for /tx?id=NUMBER");
            return;
        }
        try {
            insertInTurn(Long.parseLong(id));
            answer(exchange, 200, site);
        } catch (SQLException e) {
            answer(exchange, 503, site + ": " + e.getMessage());
        }
    }

    private void insertInTurn(long id) throws SQLException {
        try {
            if (!turns.tryAcquire(TURN_SECONDS, TimeUnit.SECONDS)) {
                throw new SQLException("all connections to the database are busy");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new SQLException("the application server stops", stop);
        }
        try {
            insert(id);
        } finally {
            turns.release();
        }
    }

    private void insert(long id) throws SQLException {
        Connection connection = connection();
        try (PreparedStatement insert = connection
                .prepareStatement("insert into tx(id, site) values (?, ?)")) {
            insert.setLong(1, id);
            insert.setString(2, site);
            insert.executeUpdate();
        } catch (SQLException e) {
            // After any error the connection may lead to a server that has changed its role.
            connection.close();
            throw e;
        }
        idle.addFirst(connection);
    }

    /** As every pool does: a connection that was cut meanwhile is not used again. */
    private Connection connection() throws SQLException {
        for (Connection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            if (kept.isValid(1)) {
                return kept;
            }
            kept.close();
        }
        return DriverManager.getConnection(url, settings);
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Site", site);
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange; var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
