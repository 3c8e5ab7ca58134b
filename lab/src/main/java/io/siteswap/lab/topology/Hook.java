package io.siteswap.lab.topology;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.siteswap.monitor.config.HostPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * What the database node of the lab offers in place of ssh: {@code POST /start}, {@code /stop},
 * {@code /fence} and {@code /resync} run the node's script with that word. 200 when it ended with
 * 0, else 500; the body is what it printed.
 *
 * <p>Usage: {@code Hook --listen HOST:PORT SCRIPT}.
 */
public final class Hook {

    private static final Set<String> WORDS = Set.of("start", "stop", "fence", "resync");

    private Hook() {
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 3 || !args[0].equals("--listen")) {
            System.err.println("usage: Hook --listen HOST:PORT SCRIPT");
            System.exit(2);
        }
        var server = HttpServer.create(HostPort.parse(args[1]).resolve(), 0);
        // A fence must not wait behind a resync.
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> answer(exchange, args[2]));
        server.start();
    }

    private static void answer(HttpExchange exchange, String script) throws IOException {
        try (exchange) {
            var word = exchange.getRequestURI().getPath().substring(1);
            if (!exchange.getRequestMethod().equals("POST") || !WORDS.contains(word)) {
                reply(exchange, 404, "POST /start, /stop, /fence or /resync\n");
                return;
            }
            var ended = Argv.run(List.of(script, word), "");
            reply(exchange, ended.code() == 0 ? 200 : 500, ended.output());
        }
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
