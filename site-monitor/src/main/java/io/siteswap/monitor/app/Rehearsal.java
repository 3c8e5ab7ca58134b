package io.siteswap.monitor.app;

import io.siteswap.bgp.app.SpeakerClient;
import io.siteswap.bgp.app.SpeakerConfig;
import io.siteswap.bgp.app.SpeakerDaemon;
import io.siteswap.bgp.app.SpeakerEvent;
import io.siteswap.bgp.speaker.Ladder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A short life of {@code siteswap speaker}, from its configuration file to routes received and a
 * stance changed, and then the end of the process: run by the build under
 * {@code -XX:AOTCacheOutput}, so that the JVM keeps what it learned for the next, real start.
 */
public final class Rehearsal {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Enough for the JVM to see which methods matter. */
    private static final int ROUTES = 5_000;
    private static final String OWN = "203.0.113.0/24";

    private Rehearsal() {
    }

    /** @param args the folder for the files of this run */
    public static void main(String[] args) throws Exception {
        Siteswap.nameLogs(args);
        Path folder = Files.createDirectories(Path.of(args[0]));
        try (SpeakerDaemon peer = SpeakerDaemon.start(peer(folder))) {
            CountDownLatch announced = new CountDownLatch(2);
            try (AutoCloseable _ = peer.listen(event -> {
                if (event instanceof SpeakerEvent.Best) {
                    announced.countDown();
                }
            })) {
                Path config = Files.writeString(folder.resolve("siteswap.yaml"),
                        yaml(folder, peer.port().orElseThrow()));
                Thread.ofPlatform().daemon().start(() -> Siteswap.commandLine().execute("speaker",
                        "--config", config.toString(), "--node", "dc1"));
                changeOnceUp(folder.resolve("bgp.sock"));
                if (!announced.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IOException("the rehearsing peer never saw the announcement change");
                }
            }
        }
        // Through the hooks: this is where the JVM writes its cache.
        System.exit(0);
    }

    private static void changeOnceUp(Path socket) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(socket) || received(socket) < ROUTES) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("the rehearsing speaker did not take the routes in");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        new SpeakerClient(socket).setStance("shop", 1, OWN, "best");
    }

    private static int received(Path socket) {
        try {
            return new SpeakerClient(socket).neighbors().getFirst().received();
        } catch (IOException e) {
            // Not up yet: asked again.
            return 0;
        }
    }

    private static SpeakerConfig peer(Path folder) {
        return new SpeakerConfig("peer", 64511, "198.18.0.9", Optional.of("127.0.0.1:0"),
                Duration.ofSeconds(30), SpeakerConfig.DEFAULT_CONNECT_RETRY,
                List.of(new SpeakerConfig.Neighbor("dc1", "127.0.0.1", 1, 64500, true,
                        Optional.empty(), Optional.empty())),
                Ladder.standard(),
                IntStream.range(0, ROUTES).mapToObj(i -> new SpeakerConfig.Origination(
                        "198.18." + i / 256 + "." + i % 256 + "/32", "routes",
                        i % 2 == 0 ? "normal" : "backup")).toList(),
                folder.resolve("peer-stances.json"), folder.resolve("peer.sock"));
    }

    private static String yaml(Path folder, int port) {
        return """
                cluster: rehearsal
                data-dir: %1$s
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
                      neighbors:
                        - {name: peer, address: 127.0.0.1, port: %2$d, as: 64511, local: 127.0.0.1}
                services:
                  shop: {prefixes: ["%3$s"], sites: [dc1]}
                """.formatted(folder.toAbsolutePath(), port, OWN);
    }
}
