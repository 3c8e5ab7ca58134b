package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.SpeakerDaemon;
import io.siteswap.monitor.api.Json;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ConfigFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Three whole monitors on loopback; the resource is a file, made by touch and removed by rm. */
abstract class ThreeMonitors {

    static final List<String> NODES = List.of("dc1", "dc2", "arb");

    @TempDir
    Path folder = Path.of("");
    final Map<String, MonitorDaemon> daemons = new HashMap<>();
    final Map<String, ServerSocket> doors = new HashMap<>();
    private final List<SpeakerDaemon> speakers = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    ClusterConfig config = new Empty().config();

    /** Stands in until the real one is loaded. */
    private record Empty() {
        ClusterConfig config() {
            return ((ConfigFile.Loaded) ConfigFile.load(Path.of("src/test/resources/io/siteswap",
                    "monitor/config/good.yaml"))).config();
        }
    }

    /** The line of the configuration that says where the log is; empty: Raft. */
    String log() {
        return "";
    }

    /** What the configuration says of the site dc1. */
    String dc1() {
        return "{}";
    }

    @BeforeEach
    void configure() throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        StringBuilder yaml = new StringBuilder("""
                cluster: test
                timing: {heartbeat: 100ms, probe-timeout: 1s, lease: 3s, renew: 300ms,
                         fence-bound: 2s, cooldown: 1h}
                sites: {dc1: %s, dc2: {}, arb: {role: arbiter}}
                """.formatted(dc1())).append(log()).append("data-dir: ").append(folder)
                .append("\nnodes:\n");
        for (String node : NODES) {
            yaml.append("  ").append(node).append(":\n    site: ").append(node).append('\n');
            for (String key : log().isEmpty()
                    ? List.of("raft", "heartbeat", "api")
                    : List.of("heartbeat", "api")) {
                yaml.append("    ").append(key).append(": \"127.0.0.1:").append(free(held))
                        .append("\"\n");
            }
            yaml.append("    speaker: {as: 64500, router-id: 198.18.0.1, neighbors: []}\n");
        }
        yaml.append("""
                services:
                  shop:
                    prefixes: [203.0.113.0/24]
                    sites: [dc1, dc2]
                    resources:
                      - name: app
                        kind: exec
                        at:
                """);
        StringBuilder outside = new StringBuilder("    outside:\n");
        for (String site : List.of("dc1", "dc2")) {
            Path file = folder.resolve("app-" + site);
            yaml.append("          ").append(site).append(": {start: [touch, ").append(file)
                    .append("], stop: [rm, -f, ").append(file).append("], monitor: [test, -e, ")
                    .append(file).append("]}\n");
            ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            doors.put(site, door);
            outside.append("      ").append(site).append(": tcp://127.0.0.1:")
                    .append(door.getLocalPort()).append('\n');
        }
        for (ServerSocket socket : held) {
            socket.close();
        }
        Path file = Files.writeString(folder.resolve("siteswap.yaml"),
                yaml.append(outside).toString());
        ConfigFile.Result result = ConfigFile.load(file);
        config = assertInstanceOf(ConfigFile.Loaded.class, result, result.toString()).config();
    }

    private static int free(List<ServerSocket> held) throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        return socket.getLocalPort();
    }

    @AfterEach
    void stop() throws IOException {
        daemons.values().forEach(MonitorDaemon::close);
        speakers.forEach(SpeakerDaemon::close);
        for (ServerSocket door : doors.values()) {
            door.close();
        }
    }

    void start(String node) throws IOException {
        if (!node.equals("arb")) {
            speakers.add(SpeakerDaemon.start(SpeakerSettings.of(config, node).orElseThrow()));
        }
        daemons.put(node, MonitorDaemon.start(config, node));
    }

    HttpResponse<String> get(String node, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(node, path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String node, String path, String body) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(node, path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    private URI uri(String node, String path) {
        return URI.create("http://" + config.node(node).api() + path);
    }

    JsonNode shop(String node) throws Exception {
        return Json.read(get(node, "/api/status").body()).path("services").path("shop");
    }

    @FunctionalInterface
    interface Check {
        boolean holds() throws Exception;
    }

    static void await(String what, Check check) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!check.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never: " + what);
            }
            Thread.sleep(20);
        }
    }

    static void assertError(int status, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        String sentence = Json.read(answer.body()).path("error").asString("");
        assertTrue(sentence.endsWith("."), "'" + sentence + "'");
    }
}
