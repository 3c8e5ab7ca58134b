package io.siteswap.monitor.app;

import io.siteswap.bgp.app.SpeakerClient;
import io.siteswap.bgp.app.SpeakerConfig;
import io.siteswap.bgp.app.SpeakerDaemon;
import io.siteswap.bgp.speaker.Ladder;
import io.siteswap.bgp.speaker.Rung;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A short life of {@code siteswap speaker}, from its configuration file to a table received and
 * passed on, stances changed and the table withdrawn, and then the end of the process: run by the
 * build under {@code -XX:AOTCacheOutput}, so that the JVM keeps what it learned, profiles of the
 * busy methods among it, for the next, real start.
 */
public final class Rehearsal {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Enough for the JVM to see which methods matter. */
    private static final int ROUTES = 60_000;
    private static final int RUNGS = 10_000;
    private static final int CHANGES = 600;
    private static final String OWN = "203.0.113.0/24";

    private Rehearsal() {
    }

    /** @param args the folder for the files of this run */
    public static void main(String[] args) throws Exception {
        Siteswap.nameLogs(args);
        Path folder = Files.createDirectories(Path.of(args[0]));
        SpeakerConfig feeding = peer(folder, "feeder", "127.0.0.1", 64511,
                IntStream.range(0, ROUTES).mapToObj(Rehearsal::route).toList());
        try (SpeakerDaemon sink = SpeakerDaemon
                .start(peer(folder, "sink", "127.0.0.2", 64512, List.of()))) {
            try (SpeakerDaemon feeder = SpeakerDaemon.start(feeding)) {
                play(folder, feeder, sink);
            }
            await("the table is withdrawn", () -> received(sink) == 1);
        }
        // Through the hooks: this is where the JVM writes its cache.
        System.exit(0);
    }

    private static void play(Path folder, SpeakerDaemon feeder, SpeakerDaemon sink)
            throws Exception {
        Path config = Files.writeString(folder.resolve("siteswap.yaml"),
                yaml(folder, feeder.port().orElseThrow(), sink.port().orElseThrow()));
        Thread.ofPlatform().daemon().start(() -> Siteswap.commandLine().execute("speaker",
                "--config", config.toString(), "--node", "dc1"));
        await("the table went in and out", () -> received(sink) == ROUTES + 1);
        change(folder.resolve("bgp.sock"));
        await("the last stance went out", () -> sink.best(OWN)
                .filter(route -> route.asPath().size() == 1).isPresent());
    }

    private static void change(Path socket) throws IOException {
        SpeakerClient client = new SpeakerClient(socket, PATIENCE);
        for (int i = 1; i <= CHANGES; i++) {
            client.setStance("shop", i, OWN, i % 2 == 0 ? "best" : "normal");
        }
        client.neighbors();
    }

    private static void await(String what, BooleanSupplier there) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("the rehearsal waited in vain: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static int received(SpeakerDaemon speaker) {
        return speaker.neighbors().getFirst().received();
    }

    /** Several prefixes to an UPDATE and many different attributes, like a real table. */
    private static SpeakerConfig.Origination route(int i) {
        return new SpeakerConfig.Origination("198.18." + i / 256 + "." + i % 256 + "/32", "routes",
                "rung" + i % RUNGS);
    }

    private static Ladder rungs() {
        return new Ladder(IntStream.range(0, RUNGS).boxed()
                .collect(Collectors.toMap(i -> "rung" + i, i -> Rung.of(i % 5,
                        List.of("64511:" + i), Optional.of((long) i), false))));
    }

    private static SpeakerConfig peer(Path folder, String name, String address, int as,
            List<SpeakerConfig.Origination> routes) {
        return new SpeakerConfig(name, as, address, Optional.of(address + ":0"),
                Duration.ofSeconds(30), SpeakerConfig.DEFAULT_CONNECT_RETRY,
                List.of(new SpeakerConfig.Neighbor("dc1", "127.0.0.3", 1, 64500, true,
                        Optional.empty(), Optional.empty())),
                rungs(), routes, folder.resolve(name + "-stances.json"),
                folder.resolve(name + ".sock"));
    }

    private static String yaml(Path folder, int feeder, int sink) {
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
                      flap-budget: {changes: 1000, within: 1ms}
                      neighbors:
                        - {name: feeder, address: 127.0.0.1, port: %2$d, as: 64511, local: 127.0.0.3}
                        - {name: sink, address: 127.0.0.2, port: %3$d, as: 64512, local: 127.0.0.3, export: all}
                services:
                  shop: {prefixes: ["%4$s"], sites: [dc1]}
                """
                .formatted(folder.toAbsolutePath(), feeder, sink, OWN);
    }
}
