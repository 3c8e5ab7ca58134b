package io.siteswap.lab.bench;

import io.siteswap.lab.topology.Argv;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two network namespaces joined by one cable: the daemon's (198.18.0.1) and the neighbours', where
 * four feeders and all of 198.19.0.0/16 are local. One at a time on a machine; also removes what a
 * run that crashed has left.
 */
final class TestBed implements AutoCloseable {

    static final String DAEMON_ADDRESS = "198.18.0.1";
    static final int PORT = 179;
    static final int FEEDERS = 4;
    /** Sessions of case f. */
    static final int WATCHED = 10;

    private static final Path STATE = Path.of("/run/siteswap-bench");
    private static final String DAEMON = "siteswap-bench-d";
    private static final String PEERS = "siteswap-bench-p";
    private static final int FIRST_FEEDER = 198 << 24 | 18 << 16 | 2;
    private static final int FIRST_SINK = 198 << 24 | 19 << 16 | 1;

    private final FileChannel lock;

    private TestBed(FileChannel lock) {
        this.lock = lock;
    }

    /** @throws IOException with one sentence: another run is on, no root, no iproute2 */
    static TestBed make() throws IOException {
        Files.createDirectories(STATE);
        var lock = FileChannel.open(STATE.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            lock.close();
            throw new IOException("another benchmark runs on this machine; wait for its end.");
        }
        var bed = new TestBed(lock);
        try {
            bed.sweep();
            bed.build();
            return bed;
        } catch (IOException e) {
            bed.close();
            throw e;
        }
    }

    private void build() throws IOException {
        for (var name : List.of(DAEMON, PEERS)) {
            Argv.check("ip", "netns", "add", name);
            Argv.check("ip", "-n", name, "link", "set", "lo", "up");
        }
        Argv.check("ip", "link", "add", "bench0", "netns", DAEMON, "type", "veth", "peer", "name",
                "bench1", "netns", PEERS);
        Argv.check("ip", "-n", DAEMON, "address", "add", DAEMON_ADDRESS + "/15", "dev", "bench0");
        for (int i = 0; i < WATCHED; i++) {
            Argv.check("ip", "-n", DAEMON, "address", "add", watched(i) + "/32", "dev", "bench0");
        }
        for (int i = 0; i < FEEDERS; i++) {
            Argv.check("ip", "-n", PEERS, "address", "add", feeder(i).getHostAddress() + "/15",
                    "dev", "bench1");
        }
        Argv.check("ip", "-n", DAEMON, "link", "set", "bench0", "up");
        Argv.check("ip", "-n", PEERS, "link", "set", "bench1", "up");
        // Any address of these is ours, without adding 500 of them.
        Argv.check("ip", "-n", PEERS, "route", "add", "local", "198.19.0.0/16", "dev", "lo");
    }

    /** An empty folder for the next daemon. */
    Path freshFolder() throws IOException {
        var folder = STATE.resolve("run");
        delete(folder);
        return Files.createDirectory(folder);
    }

    Path peersNamespace() {
        return Path.of("/run/netns", PEERS);
    }

    InetSocketAddress daemon() throws IOException {
        return new InetSocketAddress(InetAddress.getByName(DAEMON_ADDRESS), PORT);
    }

    /** A further address of the daemon. */
    static String watched(int index) {
        return "198.18.1." + (index + 1);
    }

    static InetAddress feeder(int index) throws IOException {
        return address(FIRST_FEEDER + index);
    }

    static InetAddress sink(int index) throws IOException {
        return address(FIRST_SINK + index);
    }

    private static InetAddress address(int bits) throws IOException {
        return InetAddress.getByAddress(new byte[]{(byte) (bits >>> 24), (byte) (bits >>> 16),
                (byte) (bits >>> 8), (byte) bits});
    }

    /** The command, run where the daemon lives; ip replaces itself, so that the pid is its own. */
    static List<String> inside(List<String> argv) {
        return in(DAEMON, argv);
    }

    /** The same among the neighbours. */
    static List<String> outside(List<String> argv) {
        return in(PEERS, argv);
    }

    private static List<String> in(String namespace, List<String> argv) {
        var words = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        words.addAll(argv);
        return words;
    }

    private void sweep() throws IOException {
        for (var name : List.of(DAEMON, PEERS)) {
            if (Files.exists(Path.of("/run/netns", name))) {
                for (var pid : Argv.check("ip", "netns", "pids", name).lines().toList()) {
                    ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(TestBed::kill);
                }
                Argv.check("ip", "netns", "del", name);
            }
        }
        delete(STATE.resolve("run"));
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (var path : all) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            sweep();
        }
    }
}
