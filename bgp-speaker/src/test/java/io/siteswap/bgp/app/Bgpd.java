package io.siteswap.bgp.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/** FRR's bgpd with a configuration of its own, which can be killed and started again. */
final class Bgpd implements AutoCloseable {

    private static final Path BGPD = Path.of("/usr/lib/frr/bgpd");

    private final Path dir;
    private final String address;
    private final int port;
    private Process process;

    private Bgpd(Path dir, String address, int port, Process process) {
        this.dir = dir;
        this.address = address;
        this.port = port;
        this.process = process;
    }

    static void assumeInstalled() {
        Assumptions.assumeTrue(Files.isExecutable(BGPD),
                "FRR is not installed: apt-get install frr");
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")),
                "FRR's bgpd starts only as root");
    }

    /** @param lines of configuration inside {@code router bgp 64510} */
    static Bgpd start(Path dir, String address, int port, List<String> lines)
            throws IOException {
        Bgpd bgpd = new Bgpd(dir, address, port, launch(dir, address, port, lines));
        bgpd.awaitAnswer();
        return bgpd;
    }

    private static Process launch(Path dir, String address, int port, List<String> lines)
            throws IOException {
        Path conf = dir.resolve("bgpd.conf");
        List<String> all = new ArrayList<>(List.of("hostname frr", "router bgp 64510",
                " bgp router-id 198.18.9.9", " no bgp ebgp-requires-policy",
                " no bgp network import-check", " timers bgp 1 3"));
        lines.forEach(line -> all.add(" " + line));
        all.add("line vty");
        Files.write(conf, all);
        return new ProcessBuilder(BGPD.toString(), "-S", "-Z", "-n", "-u", "root", "-g", "root",
                "-l", address, "-p", String.valueOf(port), "-P", "0", "--vty_socket",
                dir.toString(), "-i", dir.resolve("bgpd.pid").toString(), "-f", conf.toString(),
                "--log", "file:" + dir.resolve("bgpd.log")).redirectErrorStream(true)
                .redirectOutput(dir.resolve("bgpd.out").toFile()).start();
    }

    private void awaitAnswer() {
        Await.until("bgpd answers", () -> !show("show version").isBlank());
    }

    void kill() throws Exception {
        process.destroyForcibly().waitFor();
    }

    void again(List<String> lines) throws IOException {
        process = launch(dir, address, port, lines);
        awaitAnswer();
    }

    /** Runs these commands one after the other in one terminal. */
    String show(String... commands) throws IOException {
        List<String> vtysh = new ArrayList<>(
                List.of("vtysh", "--vty_socket", dir.toString(), "-d", "bgpd"));
        for (String command : commands) {
            vtysh.add("-c");
            vtysh.add(command);
        }
        Process terminal = new ProcessBuilder(vtysh).redirectErrorStream(false).start();
        try (var out = terminal.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    JsonNode neighbor(String address) throws IOException {
        return Json.MAPPER.readTree(show("show bgp neighbors " + address + " json"))
                .path(address);
    }

    boolean established(String address) throws IOException {
        return neighbor(address).path("bgpState").asString("").equals("Established");
    }

    /** The best path of a prefix. */
    JsonNode path(String prefix) throws IOException {
        return Json.MAPPER.readTree(show("show bgp ipv4 unicast " + prefix + " json"))
                .path("paths").path(0);
    }

    boolean has(String prefix) throws IOException {
        return !path(prefix).isMissingNode();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
