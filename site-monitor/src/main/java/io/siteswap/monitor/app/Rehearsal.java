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
    /** As seen from the speaker: what is done for each of them is done often. */
    private static final int SINKS = 50;
    private static final String OWN = "203.0.113.0/24";

    private Rehearsal() {
    }

    /** @param args the folder for the files of this run */
    public static void main(String[] args) throws Exception {
        Logs.begin(List.of(args));
        Path folder = Files.createDirectories(Path.of(args[0]));
        SpeakerConfig feeding = peer(folder, "feeder", 64511, 1,
                IntStream.range(0, ROUTES).mapToObj(Rehearsal::route).toList());
        try (SpeakerDaemon sink = SpeakerDaemon
                .start(peer(folder, "sink", 64512, SINKS, List.of()))) {
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

    /** @param sessions with the speaker, each between two addresses of its own */
    private static SpeakerConfig peer(Path folder, String name, int as, int sessions,
            List<SpeakerConfig.Origination> routes) {
        List<SpeakerConfig.Neighbor> neighbors = IntStream.range(0, sessions)
                .mapToObj(i -> new SpeakerConfig.Neighbor("dc1-" + i, speaker(as, i), 1, 64500,
                        true, Optional.of(far(as, i)), Optional.empty()))
                .toList();
        return new SpeakerConfig(name, as, "198.18.0.9", Optional.of("0.0.0.0:0"),
                Duration.ofSeconds(30), SpeakerConfig.DEFAULT_CONNECT_RETRY, neighbors, rungs(),
                routes, folder.resolve(name + "-stances.json"), folder.resolve(name + ".sock"));
    }

    /** The speaker's end of a session. */
    private static String speaker(int as, int session) {
        return "127." + as % 256 + ".1." + (session + 1);
    }

    private static String far(int as, int session) {
        return "127." + as % 256 + ".2." + (session + 1);
    }

    private static String neighbor(String name, int as, int session, int port, String more) {
        return "        - {name: %s%d, address: %s, port: %d, as: %d, local: %s%s}\n".formatted(
                name, session, far(as, session), port, as, speaker(as, session), more);
    }

    private static String yaml(Path folder, int feeder, int sink) {
        StringBuilder neighbors = new StringBuilder(neighbor("feeder", 64511, 0, feeder, ""));
        for (int i = 0; i < SINKS; i++) {
            neighbors.append(neighbor("sink", 64512, i, sink, i == 0 ? ", export: all" : ""));
        }
        return """
                cluster: rehearsal
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
                      neighbors:
                %2$sservices:
                  shop: {prefixes: ["%3$s"], sites: [dc1]}
                """.formatted(folder.toAbsolutePath(), neighbors, OWN);
    }
}
