package io.siteswap.lab.bench;

import io.siteswap.bgp.app.SpeakerClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code siteswap bench soak}: neighbours that flap for hours, and what the memory does. */
@Command(name = "soak", mixinStandardHelpOptions = true, description = {
        "Runs the speaker on loopback with neighbors that come, announce, change and go in every"
                + " way, and watches its memory.",
        "Exit code: 0 the memory is flat, 1 it is not, 2 it could not be run."})
public final class BgpSoak implements Callable<Integer> {

    private static final int PORT = 11_799;
    private static final int FIRST_AS = 64_601;
    /** From the second quarter to the last: caches and the JIT have settled by then. */
    private static final double FLAT = 1.10;
    private static final Duration READY = Duration.ofSeconds(30);

    @Option(names = "--minutes", defaultValue = "60", description = "Default: ${DEFAULT-VALUE}.")
    private int minutes = 60;
    @Option(names = "--peers", defaultValue = "8", description = "Flapping neighbors. Default: ${DEFAULT-VALUE}.")
    private int peers = 8;
    @Option(names = "--prefixes", defaultValue = "20000", description = "Table of each. Default: ${DEFAULT-VALUE}.")
    private int prefixes = 20_000;
    @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    private record Sample(long second, long residentKilobytes, long heapMegabytes, long received) {
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("siteswap-soak");
        Files.writeString(folder.resolve("siteswap.yaml"), config(folder));
        Process speaker = new ProcessBuilder(SiteswapSpeaker.command(folder))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile()).start();
        Thread end = new Thread(speaker::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        try {
            System.err.println("siteswap bench: soak of " + minutes + " minutes, " + peers
                    + " peers with " + prefixes + " prefixes each, seed " + seed
                    + "; the speaker's output is in " + folder.resolve("output"));
            return flat(run(speaker, new SpeakerClient(folder.resolve("bgp.sock"),
                    Duration.ofSeconds(10)))) ? 0 : 1;
        } catch (IOException e) {
            System.err.println("siteswap bench: " + e.getMessage());
            return 2;
        } finally {
            speaker.destroy();
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    private List<Sample> run(Process speaker, SpeakerClient client)
            throws IOException, InterruptedException {
        awaitReady(client);
        LongAdder sessions = new LongAdder();
        List<Thread> flapping = new ArrayList<>();
        RouteTable table = RouteTable.of(prefixes, seed);
        for (int i = 0; i < peers; i++) {
            InetAddress address = InetAddress.ofLiteral("127.0.1." + (i + 1));
            int as = FIRST_AS + i;
            flapping.add(Thread.ofPlatform().daemon().start(new FlappingPeer(address,
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), PORT), as,
                    Updates.announce(table, as, 198 << 24 | 18 << 16 | i + 1, seed + i),
                    Updates.churn(table, prefixes / 10, prefixes / 2, as,
                            198 << 24 | 18 << 16 | i + 1, seed + i),
                    seed + i, sessions)));
        }
        List<Sample> samples = new ArrayList<>();
        for (int second = 0; second <= minutes * 60; second += 10) {
            Sample sample = sample(second, speaker, client);
            samples.add(sample);
            if (second % 60 == 0) {
                System.out.printf(Locale.ROOT,
                        "%3d min  %5d MB resident  %4d MB heap in use  %7d routes  %6d sessions%n",
                        second / 60, sample.residentKilobytes / 1024, sample.heapMegabytes,
                        sample.received, sessions.sum());
            }
            TimeUnit.SECONDS.sleep(10);
        }
        flapping.forEach(Thread::interrupt);
        return samples;
    }

    private static void awaitReady(SpeakerClient client)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY.toNanos();
        while (true) {
            try {
                client.stances();
                return;
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private static Sample sample(long second, Process speaker, SpeakerClient client)
            throws IOException {
        JsonNode summary = client.ask(Map.of("op", "summary")).path("summary");
        long resident = Usage.kilobytes(speaker.pid(), "VmRSS:");
        return new Sample(second, resident, summary.path("heapBytes").asLong() >> 20,
                summary.path("ipv4").asLong());
    }

    private static boolean flat(List<Sample> samples) {
        int quarter = Math.max(1, samples.size() / 4);
        double early = mean(samples.subList(quarter, 2 * quarter));
        double late = mean(samples.subList(samples.size() - quarter, samples.size()));
        boolean flat = late <= FLAT * early;
        System.out.printf(Locale.ROOT, "resident memory: second quarter %.0f MB, last quarter %.0f"
                + " MB, %.2f times: %s%n", early / 1024, late / 1024, late / early,
                flat ? "flat" : "it grows");
        return flat;
    }

    private static double mean(List<Sample> samples) {
        return samples.stream().mapToLong(Sample::residentKilobytes).average().orElse(0);
    }

    private String config(Path folder) {
        StringBuilder text = new StringBuilder("""
                cluster: soak
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
                      listen: "127.0.0.1:%2$d"
                      graceful-restart: {time: 5s}
                      neighbors:
                """.formatted(folder, PORT));
        for (int i = 0; i < peers; i++) {
            text.append("        - {name: p%d, address: 127.0.1.%d, as: %d, passive: true}\n"
                    .formatted(i, i + 1, FIRST_AS + i));
        }
        return text.append("services: {shop: {prefixes: [\"203.0.113.0/24\"], sites: [dc1]}}\n")
                .toString();
    }
}
