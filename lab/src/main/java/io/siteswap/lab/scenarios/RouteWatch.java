package io.siteswap.lab.scenarios;

import io.siteswap.lab.topology.Argv;
import io.siteswap.lab.topology.NamespaceLab;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the transit router sends the shared prefix: its kernel's routing table, which FRR writes,
 * followed through netlink, so that watching costs nothing and the moment is exact.
 */
final class RouteWatch implements AutoCloseable {

    static final String PREFIX = "203.0.113.0/24";
    private static final Pattern VIA = Pattern.compile("via 198\\.18\\.11([12])\\.2");

    private final NamespaceLab lab;
    private final Timeline timeline;
    private final Process monitor;
    private volatile String provider;

    RouteWatch(NamespaceLab lab, Timeline timeline) throws IOException {
        this.lab = lab;
        this.timeline = timeline;
        var transit = lab.topology().outsideName("transit");
        this.monitor = new ProcessBuilder("ip", "-n", transit, "monitor", "route")
                .redirectErrorStream(true).start();
        this.provider = provider(Argv.check("ip", "-n", transit, "route", "show", PREFIX));
        Thread.ofPlatform().daemon().name("route").start(this::follow);
    }

    private void follow() {
        try (var lines = new BufferedReader(
                new InputStreamReader(monitor.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(PREFIX)) {
                    moved(line.startsWith("Deleted") ? "" : provider(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void moved(String now) {
        if (!now.equals(provider)) {
            provider = now;
            timeline.add("transit", "route",
                    now.isEmpty() ? "no route to " + PREFIX : PREFIX + " goes to " + now);
        }
    }

    private static String provider(String route) {
        var via = VIA.matcher(route);
        return via.find() ? "isp" + via.group(1) : "";
    }

    /** {@code isp1}, {@code isp2}, or empty when there is no route. */
    String provider() {
        return provider;
    }

    /** FRR's own words: {@code show bgp ipv4 unicast PREFIX json} on the transit router. */
    String table() throws IOException {
        var ended = lab.exec("transit",
                List.of("vtysh", "-c", "show bgp ipv4 unicast " + PREFIX + " json"));
        return ended.code() == 0 ? ended.output() : "{}";
    }

    @Override
    public void close() {
        monitor.destroyForcibly();
    }
}
