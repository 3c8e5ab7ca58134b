package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.api.Json;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ConfigFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor says of its members, and which files it does not take. */
@Timeout(60)
class MembersCommandTest {

    @TempDir
    Path folder = Path.of("");
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void theMembersAreShownAndAFileThatIsNotUsableChangesNothing() throws Exception {
        Path file = OneMonitor.file(folder);
        String yaml = Files.readString(file);
        ClusterConfig config = assertInstanceOf(ConfigFile.Loaded.class, ConfigFile.load(file))
                .config();
        try (MonitorDaemon daemon = MonitorDaemon.start(config, "dc1", true,
                () -> ConfigFile.load(file))) {
            // Nobody takes it in: '--join' at the only node there is.
            assertEquals("", daemon.leader());
        }
        try (MonitorDaemon daemon = MonitorDaemon.start(
                assertInstanceOf(ConfigFile.Loaded.class, ConfigFile.load(Files.writeString(file,
                        yaml.replace(folder.toString(), folder.resolve("new").toString()))))
                        .config(),
                "dc1", false, () -> ConfigFile.load(file))) {
            DaemonTest.await(daemon.name() + " leads and says so", () -> {
                String shown = String.join("\n", Printed.members(Json.read(get(config).body())));
                return shown.contains("leader: dc1") && shown.contains("0 ms ago  leads");
            });
            DaemonTest.await("there is nothing to do", () -> apply(config).statusCode() == 200);

            Files.writeString(file, Files.readString(file).replace("site: dc1", "site: dc9"));
            refused(config, "is not usable: " + file + ":");
            Files.writeString(file, yaml.replace("cluster: test", "cluster: other"));
            refused(config, "has another 'cluster'");
            Files.writeString(file, yaml.replace("unsafe: true\n", ""));
            refused(config, "a single node decides alone");
        }
    }

    private void refused(ClusterConfig config, String part) throws Exception {
        HttpResponse<String> answer = apply(config);
        assertEquals(409, answer.statusCode(), answer.body());
        assertTrue(Json.read(answer.body()).path("error").asString("").contains(part),
                answer.body());
    }

    private HttpResponse<String> get(ClusterConfig config) throws Exception {
        return http.send(HttpRequest.newBuilder(members(config)).build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> apply(ClusterConfig config) throws Exception {
        return http.send(
                HttpRequest.newBuilder(members(config)).header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"operator\":\"t\"}")).build(),
                BodyHandlers.ofString());
    }

    private static URI members(ClusterConfig config) {
        return URI.create("http://" + config.node("dc1").api() + "/api/members");
    }
}
