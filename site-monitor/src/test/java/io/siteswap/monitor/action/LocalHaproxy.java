package io.siteswap.monitor.action;

import com.sun.net.httpserver.HttpServer;
import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

/** A real HAProxy before two small web servers, {@code here} and {@code there}. */
public final class LocalHaproxy implements AutoCloseable {

    private static final String DAEMON = "/usr/sbin/haproxy";
    private static final Path HOLD = Path.of("../examples/haproxy/siteswap_hold.lua");

    private final Path folder;
    private final int port;
    private final HttpServer here;
    private final HttpServer there;
    private final Process process;

    private LocalHaproxy(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        this.here = web("here");
        this.there = web("there");
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, configuration());
        this.process = Programs.start(List.of(DAEMON, "-db", "-f", file.toString()),
                folder.resolve("haproxy.log"));
    }

    public static void require() {
        Programs.require(DAEMON, "haproxy");
    }

    public static LocalHaproxy start() throws Exception {
        LocalHaproxy all = new LocalHaproxy(Files.createTempDirectory("siteswap-haproxy"),
                Programs.freePort());
        // Its runtime API comes after its ports.
        Programs.await("haproxy listens", Duration.ofSeconds(10),
                () -> Programs.listens(all.port) && Files.exists(Path.of(all.socket())));
        return all;
    }

    private static HttpServer web(String name) throws IOException {
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.createContext("/", exchange -> {
            byte[] body = name.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }

    private String configuration() {
        return """
                global
                    maxconn 500
                    stats socket %s mode 600 level admin
                    lua-load %s
                defaults
                    mode http
                    timeout connect 2s
                    timeout client 30s
                    timeout server 30s
                frontend shop
                    bind 127.0.0.1:%d
                    http-request lua.siteswap_hold shop 15000 if { nbsrv(shop) eq 0 }
                    default_backend shop
                backend shop
                    option redispatch
                    server app1 127.0.0.1:%d
                    server dc2 127.0.0.1:%d disabled
                """.formatted(socket(), HOLD.toAbsolutePath().normalize(), port,
                here.getAddress().getPort(), there.getAddress().getPort());
    }

    public String socket() {
        return folder.resolve("h.sock").toString();
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public ResourceSettings.Haproxy settings() {
        return new ResourceSettings.Haproxy(socket(), "shop", "shop", List.of("app1"),
                List.of("dc2"));
    }

    @Override
    public void close() throws IOException {
        Programs.kill(process.toHandle());
        here.stop(0);
        there.stop(0);
        Programs.delete(folder);
    }
}
