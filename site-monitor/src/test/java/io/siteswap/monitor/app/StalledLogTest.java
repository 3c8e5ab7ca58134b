package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.SpeakerClient;
import io.siteswap.bgp.app.StanceReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads the log may stand still: a pager, a full disk behind a pipe, a stopped terminal. */
class StalledLogTest {

    /** A line each, and more of them than a pipe and the queue before it take. */
    private static final int STANCES = 4000;
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long START_SECONDS = 60;

    @TempDir
    private Path data = Path.of("");

    @Test
    void aLogThatNobodyReadsDoesNotStopTheSpeaker() throws Exception {
        Path config = Files.writeString(data.resolve("siteswap.yaml"), yaml());
        // Its standard output is a pipe that nobody empties.
        Process speaker = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Siteswap.class.getName(), "speaker",
                "--config", config.toString(), "--node", "dc1")
                .redirectError(data.resolve("err").toFile()).start();
        try (SpeakerClient client = new SpeakerClient(data.resolve("bgp.sock"), ANSWER)) {
            awaitReady(speaker, client);
            for (int i = 1; i <= STANCES; i++) {
                assertInstanceOf(StanceReply.Accepted.class, client.setStance("shop", i,
                        "203.0.113.0/24", i % 2 == 0 ? "best" : "normal"));
            }
            assertEquals(STANCES, client.stances().getFirst().epoch());
            assertTrue(speaker.getInputStream().available() > 0, "it has logged");
            speaker.destroy();
            assertTrue(speaker.waitFor(START_SECONDS, TimeUnit.SECONDS), "it ends when told to");
        } finally {
            speaker.destroyForcibly().waitFor();
        }
    }

    private void awaitReady(Process speaker, SpeakerClient client) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try {
                client.stances();
                return;
            } catch (IOException e) {
                if (!speaker.isAlive() || System.nanoTime() - deadline > 0) {
                    throw new IOException(Files.readString(data.resolve("err")), e);
                }
                Thread.onSpinWait();
            }
        }
    }

    private String yaml() {
        return """
                cluster: quiet
                data-dir: %1$s
                unsafe: true
                sites: {dc1: {}}
                nodes:
                  dc1:
                    site: dc1
                    raft: "127.0.0.1:7101"
                    heartbeat: "127.0.0.1:7102"
                    api: "127.0.0.1:7103"
                    speaker:
                      socket: %1$s/bgp.sock
                      as: 64500
                      router-id: 198.18.0.1
                      flap-budget: {changes: 1000, within: 1ms}
                      neighbors: []
                services:
                  shop: {prefixes: ["203.0.113.0/24"], sites: [dc1]}
                """.formatted(data.toAbsolutePath());
    }
}
