package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.api.Json;
import io.siteswap.monitor.config.ConfigFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A cluster without a quorum says so wherever its status is shown. */
@Timeout(60)
class UnsafeStatusTest {

    private static final String WHY = "a single node decides alone: no majority confirms what it"
            + " does, and nothing is taken over when it is lost";

    @TempDir
    Path folder = Path.of("");

    @Test
    void theApiAndTheStatusSayWhatIsMissing() throws Exception {
        Path file = Files.writeString(folder.resolve("siteswap.yaml"), yaml());
        var config = assertInstanceOf(ConfigFile.Loaded.class, ConfigFile.load(file)).config();
        JsonNode status;
        try (MonitorDaemon daemon = MonitorDaemon.start(config, "dc1");
                HttpClient http = HttpClient.newHttpClient()) {
            assertEquals("dc1", daemon.name());
            status = Json.read(http.send(HttpRequest.newBuilder(
                    URI.create("http://" + config.node("dc1").api() + "/api/status")).build(),
                    BodyHandlers.ofString()).body());
        }
        assertEquals(1, status.path("unsafe").size());
        assertEquals(WHY, status.path("unsafe").path(0).asString());
        assertTrue(Printed.status(status).contains("UNSAFE: " + WHY));
    }

    private String yaml() throws IOException {
        try (ServerSocket raft = free();
                ServerSocket heartbeat = free();
                ServerSocket api = free()) {
            return """
                    cluster: test
                    unsafe: true
                    data-dir: %s
                    sites: {dc1: {}}
                    nodes:
                      dc1:
                        site: dc1
                        raft: "127.0.0.1:%d"
                        heartbeat: "127.0.0.1:%d"
                        api: "127.0.0.1:%d"
                        speaker: {as: 64500, router-id: 198.18.0.1, neighbors: []}
                    services:
                      shop: {prefixes: ["203.0.113.0/24"], sites: [dc1]}
                    """.formatted(folder, raft.getLocalPort(), heartbeat.getLocalPort(),
                    api.getLocalPort());
        }
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
