package io.siteswap.lab.scenarios;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * An application server of the lab's shop, as an application that knows nothing of Siteswap.
 * {@code POST /orders?id=ID} stores an order and answers 200 once the database has committed it,
 * 503 when it has not; {@code GET /health} answers 200 while the process lives.
 */
@Command(name = "shop", description = "An application server of the lab.")
public final class ShopServer implements Callable<Integer> {

    @Option(names = "--name", required = true)
    private String name = "";

    @Option(names = "--listen", required = true, paramLabel = "HOST:PORT")
    private String listen = "";

    @Option(names = "--url", required = true, paramLabel = "JDBC-URL")
    private String url = "";

    @Option(names = "--user", required = true)
    private String user = "";

    @Option(names = "--password", required = true)
    private String password = "";

    private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();

    public static void main(String[] args) {
        var code = new CommandLine(new ShopServer()).execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() throws IOException {
        var colon = listen.lastIndexOf(':');
        var server = HttpServer.create(new InetSocketAddress(listen.substring(0, colon),
                Integer.parseInt(listen.substring(colon + 1))), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/health", exchange -> reply(exchange, 200, "ok"));
        server.createContext("/orders", this::order);
        server.start();
        return 0;
    }

    private void order(HttpExchange exchange) throws IOException {
        var query = exchange.getRequestURI().getQuery();
        if (query == null || !query.startsWith("id=")) {
            reply(exchange, 400, "POST /orders?id=ID");
            return;
        }
        try {
            store(query.substring("id=".length()));
            reply(exchange, 200, "stored by " + name);
        } catch (SQLException e) {
            reply(exchange, 503, "not stored: " + e.getMessage());
        }
    }

    private void store(String id) throws SQLException {
        var connection = connection();
        try (var insert = connection.prepareStatement("INSERT INTO orders (id) VALUES (?)")) {
            insert.setString(1, id);
            insert.executeUpdate();
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        idle.add(connection);
    }

    /** As every pool does: a connection that was cut meanwhile is not handed out. */
    private Connection connection() throws SQLException {
        for (var pooled = idle.poll(); pooled != null; pooled = idle.poll()) {
            if (pooled.isValid(1)) {
                return pooled;
            }
            pooled.close();
        }
        return DriverManager.getConnection(url, user, password);
    }

    private void reply(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            var body = (text + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Served-By", name);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
