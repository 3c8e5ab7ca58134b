package io.siteswap.monitor.guard.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ConfigFile;
import io.siteswap.monitor.guard.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guard and the monitor's end of its socket; there is nothing that it could have to fence. */
class GuardDaemonTest {

    private @TempDir Path folder = Path.of("");

    private ClusterConfig config(String watchdog) throws Exception {
        Path file = Files.writeString(folder.resolve("siteswap.yaml"), """
                cluster: guarded
                data-dir: %s
                unsafe: true
                sites: {dc1: {}}
                nodes:
                  dc1:
                    site: dc1
                    raft: "127.0.0.1:7101"
                    heartbeat: "127.0.0.1:7102"
                    api: "127.0.0.1:7103"
                    guard: true%s
                    speaker: {as: 64500, router-id: 198.18.0.1, neighbors: []}
                services:
                  shop: {prefixes: [203.0.113.0/24], sites: [dc1], resources: []}
                """.formatted(folder, watchdog));
        ConfigFile.Result result = ConfigFile.load(file);
        return assertInstanceOf(ConfigFile.Loaded.class, result, result.toString()).config();
    }

    /** Is a lease taken that a monitor renews for a while? */
    private static boolean taken(ClusterConfig config) throws Exception {
        try (GuardDaemon guard = GuardDaemon.start(config, "dc1");
                GuardLink link = new GuardLink(GuardDaemon.socket(config, "dc1"), _ -> {
                }, _ -> {
                })) {
            link.start();
            boolean taken = false;
            for (int i = 0; i < 10 && !taken; i++) {
                link.tell("shop", new Line.Lease("shop", 1,
                        System.nanoTime() + Duration.ofMillis(700).toNanos()));
                taken = link.awaitTaken("shop", 1, Duration.ofMillis(300));
            }
            assertEquals(!taken, guard.state().holds().isEmpty());
            return taken;
        }
    }

    @Test
    void aLeaseIsTakenOnlyWithTheWatchdogThatTheNodeIsToHave() throws Exception {
        assertEquals(true, taken(config("")));
        Files.delete(folder.resolve("dc1/guard.state"));
        assertEquals(false, taken(config("\n    watchdog: {device: /dev/null}")));
    }
}
