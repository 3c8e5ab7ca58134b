package io.siteswap.bgp.bfd.net;

import io.siteswap.bgp.app.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A network namespace with one cable to this machine's own, and the daemons in it. */
final class Namespace implements AutoCloseable {

    static final InetAddress OURS = InetAddress.ofLiteral("198.18.77.1");
    static final InetAddress THEIRS = InetAddress.ofLiteral("198.18.77.2");
    static final InetAddress OURS_V6 = InetAddress.ofLiteral("2001:db8:77::1");
    static final InetAddress THEIRS_V6 = InetAddress.ofLiteral("2001:db8:77::2");

    private static final String NAME = "siteswap-bfd";
    private static final String OUTSIDE = "swbfd0";
    /** Their end of the cable. */
    static final String INSIDE = "swbfd1";

    private final Path dir;
    private final List<Process> daemons = new ArrayList<>();

    private Namespace(Path dir) {
        this.dir = dir;
    }

    static Namespace create() throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")),
                "network namespaces need root");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/ip")),
                "iproute2 is not installed: apt-get install iproute2");
        Namespace space = new Namespace(Files.createTempDirectory("siteswap-bfd"));
        // Daemons that drop their rights keep their files here.
        run("chmod", "777", space.dir.toString());
        run("ip", "netns", "add", NAME);
        run("ip", "link", "add", OUTSIDE, "type", "veth", "peer", "name", INSIDE, "netns", NAME);
        addresses(List.of("ip"), OUTSIDE, OURS, OURS_V6);
        addresses(List.of("ip", "-n", NAME), INSIDE, THEIRS, THEIRS_V6);
        return space;
    }

    private static void addresses(List<String> ip, String device, InetAddress v4, InetAddress v6)
            throws IOException {
        run(ip, "addr", "add", v4.getHostAddress() + "/30", "dev", device);
        run(ip, "-6", "addr", "add", v6.getHostAddress() + "/64", "dev", device, "nodad");
        run(ip, "link", "set", device, "up");
        run(ip, "link", "set", "lo", "up");
    }

    private static void run(List<String> first, String... rest) throws IOException {
        run(Stream.concat(first.stream(), Stream.of(rest)).toArray(String[]::new));
    }

    static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    Path dir() {
        return dir;
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }

    /** Its process is the daemon itself. */
    Process daemon(String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", NAME));
        all.addAll(List.of(command));
        Process process = new ProcessBuilder(all).redirectErrorStream(true)
                .redirectOutput(dir.resolve(daemons.size() + ".out").toFile()).start();
        daemons.add(process);
        return process;
    }

    void awaitFile(String name) {
        Await.until(name + " is there", () -> Files.exists(dir.resolve(name)));
    }

    static void signal(Process process, String signal) throws IOException {
        run("kill", "-" + signal, String.valueOf(process.pid()));
    }

    @Override
    public void close() throws IOException {
        for (Process daemon : daemons.reversed()) {
            daemon.destroy();
            try {
                if (!daemon.waitFor(3, TimeUnit.SECONDS)) {
                    daemon.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        run("ip", "link", "del", OUTSIDE);
        run("ip", "netns", "del", NAME);
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
