package io.siteswap.lab.bench;

import io.siteswap.lab.topology.Argv;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code siteswap bench idle}: what three monitors take while nothing happens. */
@Command(name = "idle", mixinStandardHelpOptions = true, description = {
        "Runs three monitors with the default timing on loopback, as 'siteswap run' starts them, and"
                + " prints what they take while nothing happens. Needs no root.",
        "Exit code: 0 measured, 2 it could not be run."})
public final class IdleBench implements Callable<Integer> {

    private static final List<String> NODES = List.of("dc1", "dc2", "arb");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Option(names = "--settle", defaultValue = "60", description = "Seconds from the first grant to the beginning. Default: ${DEFAULT-VALUE}.")
    private int settle = 60;
    @Option(names = "--seconds", defaultValue = "60", description = "Default: ${DEFAULT-VALUE}.")
    private int seconds = 60;
    @Option(names = "--json", description = "Prints one JSON object per monitor instead of a table.")
    private boolean json;

    private final int net = ThreadLocalRandom.current().nextInt(64, 250);

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("siteswap-idle");
        Files.writeString(folder.resolve("siteswap.yaml"), config(folder));
        Map<String, Process> monitors = new LinkedHashMap<>();
        Thread end = new Thread(() -> monitors.values().forEach(Process::destroyForcibly));
        Runtime.getRuntime().addShutdownHook(end);
        try {
            System.err.println("siteswap bench: " + Machine.here(folder).describe());
            for (String node : NODES) {
                monitors.put(node, new ProcessBuilder(
                        SiteswapSpeaker.command("run", folder, node)).redirectErrorStream(true)
                        .redirectOutput(folder.resolve(node + ".log").toFile()).start());
            }
            awaitGrant(monitors);
            Thread.sleep(Duration.ofSeconds(settle));
            measure(monitors);
            return 0;
        } catch (IOException e) {
            System.err.println("siteswap bench: " + e.getMessage() + "; see " + folder);
            return 2;
        } finally {
            monitors.values().forEach(Daemon::end);
            Runtime.getRuntime().removeShutdownHook(end);
            Argv.check("rm", "-rf", folder.toString());
        }
    }

    private void awaitGrant(Map<String, Process> monitors) throws Exception {
        HttpRequest ask = HttpRequest.newBuilder(URI.create("http://" + address("dc1") + ":7103"
                + "/api/active/shop")).timeout(Duration.ofSeconds(5)).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() - deadline < 0) {
                if (!monitors.values().stream().allMatch(Process::isAlive)) {
                    throw new IOException("a monitor ended by itself");
                }
                try {
                    if (http.send(ask, HttpResponse.BodyHandlers.discarding())
                            .statusCode() == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // It is still on its way up.
                }
                Thread.sleep(Duration.ofMillis(200));
            }
        }
        throw new IOException("dc1 was not granted its service");
    }

    private void measure(Map<String, Process> monitors) throws Exception {
        Map<String, Usage> before = new LinkedHashMap<>();
        for (var monitor : monitors.entrySet()) {
            before.put(monitor.getKey(), Usage.of(monitor.getValue().pid()));
        }
        long began = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(seconds));
        long took = System.nanoTime() - began;
        List<String> rows = new ArrayList<>();
        for (var monitor : monitors.entrySet()) {
            long pid = monitor.getValue().pid();
            Duration cpu = Usage.of(pid).cpu()
                    .minus(before.getOrDefault(monitor.getKey(), Usage.of(pid)).cpu());
            rows.add(String.format(Locale.ROOT, json
                    ? "{\"node\":\"%s\",\"cpuPercent\":%.2f,\"residentMegabytes\":%.1f,"
                            + "\"peakMegabytes\":%.1f}"
                    : "| %s | %.2f %% | %.1f MB | %.1f MB |", monitor.getKey(),
                    100.0 * cpu.toNanos() / took, Usage.kilobytes(pid, "VmRSS:") / 1024.0,
                    Usage.kilobytes(pid, "VmHWM:") / 1024.0));
        }
        if (!json) {
            System.out.println("| monitor | of a core | resident | peak |\n|---|--:|--:|--:|");
        }
        rows.forEach(System.out::println);
    }

    private String address(String node) {
        return "127." + net + "." + (NODES.indexOf(node) + 1) + ".1";
    }

    private String config(Path folder) {
        StringBuilder text = new StringBuilder("""
                cluster: idle
                data-dir: %s
                sites: {dc1: {}, dc2: {}, arb: {role: arbiter}}
                nodes:
                """.formatted(folder));
        for (String node : NODES) {
            text.append("  %1$s: {site: %1$s, raft: \"%2$s:7101\", heartbeat: \"%2$s:7102\","
                    .formatted(node, address(node)))
                    .append(" api: \"%s:7103\",".formatted(address(node)))
                    .append(" speaker: {as: 64500, router-id: 198.18.0.1, neighbors: []}}\n");
        }
        return text.append("""
                services:
                  shop:
                    prefixes: ["203.0.113.0/24"]
                    sites: [dc1, dc2]
                    resources:
                      - name: app
                        kind: exec
                        at:
                          dc1: {start: ["true"], stop: ["true"]}
                          dc2: {start: ["true"], stop: ["true"]}
                    apps:
                      dc1: [{name: app1, probe: "tcp://%1$s:7102"}]
                      dc2: [{name: app1, probe: "tcp://%2$s:7102"}]
                    outside: {dc1: "tcp://%1$s:7102", dc2: "tcp://%2$s:7102"}
                """.formatted(address("dc1"), address("dc2"))).toString();
    }
}
