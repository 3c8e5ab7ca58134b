package io.siteswap.bgp.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/** A real FRR bgpd on a loopback address, without zebra and without touching the kernel. */
final class Frr implements AutoCloseable {

    private static final Path BGPD = Path.of("/usr/lib/frr/bgpd");

    private final Process process;
    private final Path dir;

    private Frr(Process process, Path dir) {
        this.process = process;
        this.dir = dir;
    }

    static void assumeInstalled() {
        Assumptions.assumeTrue(Files.isExecutable(BGPD),
                "FRR is not installed: apt-get install frr");
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")),
                "FRR's bgpd starts only as root");
    }

    /** @param lines of configuration inside {@code router bgp} */
    static Frr start(Path dir, String address, int port, long as, List<String> lines)
            throws IOException {
        Path conf = dir.resolve("bgpd.conf");
        Files.writeString(conf, """
                hostname frr
                router bgp %d
                 no bgp ebgp-requires-policy
                 no bgp network import-check
                 timers bgp 1 3
                 %s
                line vty
                """.formatted(as, String.join("\n ", lines)));
        Process process = new ProcessBuilder(BGPD.toString(), "-S", "-Z", "-n", "-u", "root",
                "-g", "root", "-l", address, "-p", String.valueOf(port), "-P", "0",
                "--vty_socket", dir.toString(), "-i", dir.resolve("bgpd.pid").toString(), "-f",
                conf.toString(), "--log", "file:" + dir.resolve("bgpd.log"))
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("bgpd.out").toFile()).start();
        Frr frr = new Frr(process, dir);
        Await.until("bgpd answers", () -> !frr.show("show version").isBlank());
        return frr;
    }

    /** Output of one command. */
    String show(String command) throws IOException {
        Process vtysh = new ProcessBuilder("vtysh", "--vty_socket", dir.toString(), "-d", "bgpd",
                "-c", command).redirectErrorStream(false).start();
        try (var out = vtysh.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    JsonNode json(String command) throws IOException {
        return Json.MAPPER.readTree(show(command));
    }

    boolean established(String neighbor) throws IOException {
        return json("show bgp neighbors " + neighbor + " json").path(neighbor).path("bgpState")
                .asString("").equals("Established");
    }

    /** AS path of a prefix as it stands in FRR's table, empty when it does not. */
    String path(String prefix) throws IOException {
        return json("show bgp ipv4 unicast " + prefix + " json").path("paths").path(0)
                .path("aspath").path("string").asString("");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
