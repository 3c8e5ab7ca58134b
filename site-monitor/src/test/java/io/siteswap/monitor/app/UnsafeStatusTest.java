package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.api.Json;
import io.siteswap.monitor.config.ConfigFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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
        var config = assertInstanceOf(ConfigFile.Loaded.class,
                ConfigFile.load(OneMonitor.file(folder))).config();
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
}
