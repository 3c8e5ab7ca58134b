package io.siteswap.lab.topology;

import io.siteswap.lab.topology.Topology.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * The topology in bare namespaces: network, mount, pid, uts and ipc for each node, the host's
 * programs, a veth pair for each link. Needs root. Names are those that containerlab gives, so that
 * {@code ip netns exec clab-LAB-NODE} works with either.
 *
 * <p>The network namespace outlives the node's processes: a node that loses power leaves silence
 * on its cables, not a cable that vanishes.
 */
public final class NamespaceLab implements AutoCloseable {

    private static final Path STATE = Path.of("/run/siteswap-lab");
    private static final Path NAMESPACES = Path.of("/run/netns");
    /** Nodes that have this file run a monitor, whose data is in the folder below. */
    private static final String CONFIG = "/etc/siteswap/siteswap.yaml";
    private static final String DATA = "/var/lib/siteswap";
    private static final String DISK_SIZE = "64m";
    private static final Duration BOOT_POLL = Duration.ofMillis(3);
    /** Drops whatever comes in or goes out, before any other rule. */
    private static final String SILENCE = """
            table inet power {
              chain in { type filter hook prerouting priority -400; policy drop; }
              chain out { type filter hook output priority -400; policy drop; }
            }
            """;

    private final Topology topology;
    private final Map<String, String> environment;
    private final String enter;

    private NamespaceLab(Topology topology, Map<String, String> environment) throws IOException {
        this.topology = topology;
        this.environment = Map.copyOf(environment);
        try (var script = NamespaceLab.class.getResourceAsStream("enter.sh")) {
            if (script == null) {
                throw new IOException("enter.sh is missing from this build.");
            }
            this.enter = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Clears what an earlier run left behind, then starts every node and every link. */
    public static NamespaceLab up(Topology topology) throws IOException {
        return up(topology, Map.of());
    }

    /** As {@link #up(Topology)}; the nodes' own processes see these variables. */
    public static NamespaceLab up(Topology topology, Map<String, String> environment)
            throws IOException {
        var lab = new NamespaceLab(topology, environment);
        lab.close();
        Files.createDirectories(STATE);
        Argv.check("mount", "-t", "tmpfs", "-o", "mode=0700", "siteswap-lab", STATE.toString());
        try {
            var nodes = List.copyOf(topology.nodes().values());
            inParallel(nodes, node -> lab.addNamespace(node));
            inParallel(nodes, node -> lab.boot(node));
            for (var link : topology.links()) {
                lab.connect(link);
            }
            inParallel(nodes, node -> lab.configure(node, true));
        } catch (IOException e) {
            lab.close();
            throw e;
        }
        return lab;
    }

    /** Stops and removes whatever runs of this topology. */
    public static void clear(Topology topology) throws IOException {
        new NamespaceLab(topology, Map.of()).close();
    }

    /** The lab that another process has started with {@link #up}. */
    public static NamespaceLab running(Topology topology) throws IOException {
        var lab = new NamespaceLab(topology, Map.of());
        if (!Files.isDirectory(STATE.resolve(topology.nodes().keySet().iterator().next()))) {
            throw new IOException("the lab is not up; start it with: siteswap lab up");
        }
        return lab;
    }

    public Topology topology() {
        return topology;
    }

    /** Where the node's network namespace is bound. */
    public Path namespace(String node) {
        return NAMESPACES.resolve(topology.outsideName(node));
    }

    /** Runs a command in the node, as if logged in there. */
    public Argv.Ended exec(String node, List<String> argv) throws IOException {
        return Argv.run(inside(node, argv), "");
    }

    /** As {@link #exec}; anything but exit code 0 is an error. */
    public String check(String node, String... argv) throws IOException {
        return Argv.check(inside(node, List.of(argv)), "");
    }

    /** Loads nftables rules in the node. */
    public void nft(String node, String rules) throws IOException {
        Argv.check(inNetwork(node, List.of("nft", "-f", "-")), rules);
    }

    /** The nodes go silent at once and everything in them dies, as without power. */
    public void powerOff(List<String> nodes) throws IOException {
        inParallel(nodes, node -> nft(node, SILENCE));
        inParallel(nodes, this::kill);
    }

    /**
     * kill -9 of every process of the nodes. From outside: a node's own first process ignores what
     * its own children send it.
     */
    public void crash(List<String> nodes) throws IOException {
        inParallel(nodes, this::kill);
    }

    /** Power is back: disks are as they were, processes start anew. */
    public void powerOn(List<String> nodes) throws IOException {
        inParallel(nodes, node -> {
            kill(node);
            Argv.run(inNetwork(node, List.of("nft", "delete", "table", "inet", "power")), "");
            boot(node(node));
            configure(node(node), false);
        });
    }

    /** Copies what the nodes have logged to {@code folder}, a folder for each node. */
    public void saveLogs(Path folder) throws IOException {
        inParallel(List.copyOf(topology.nodes().keySet()), node -> {
            var target = Files.createDirectories(folder.resolve(node));
            Argv.run(List.of("sh", "-c", "cp -r \"$1/console\" \"$1\"/upper/var/log/* \"$2\"",
                    "cp", STATE.resolve(node).toString(), target.toString()), "");
        });
    }

    /** Stops everything and removes it; also what a crashed run left behind. */
    @Override
    public void close() throws IOException {
        inParallel(List.copyOf(topology.nodes().keySet()), node -> {
            var namespace = namespace(node);
            if (Files.isSymbolicLink(namespace)) {
                throw new IOException(namespace + " belongs to containerlab; end that lab first"
                        + " with: containerlab destroy -t lab/topology.clab.yml");
            }
            if (Files.exists(namespace)) {
                kill(node);
                Argv.check("ip", "netns", "del", namespace.getFileName().toString());
            }
        });
        if (Files.isDirectory(STATE)) {
            // Lazily: a mount namespace of a node that is just dying may still hold it.
            Argv.run(List.of("umount", "-l", STATE.toString()), "");
            Files.deleteIfExists(STATE);
        }
    }

    private void addNamespace(Node node) throws IOException {
        Argv.check("ip", "netns", "add", topology.outsideName(node.name()));
        Argv.check(inNetwork(node.name(), List.of("ip", "link", "set", "lo", "up")), "");
        for (var sysctl : node.sysctls().entrySet()) {
            Argv.check(inNetwork(node.name(), List.of("sysctl", "-qw",
                    sysctl.getKey() + "=" + sysctl.getValue())), "");
        }
    }

    private void boot(Node node) throws IOException {
        var dir = Files.createDirectories(STATE.resolve(node.name()));
        var argv = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private",
                "--pid", "--uts", "--ipc", "--fork", "--kill-child", "sh", "-c", enter, "enter",
                dir.toString(), node.name()));
        for (var bind : node.binds()) {
            if (!Files.exists(bind.source())) {
                throw new IOException("node " + node.name() + " needs " + bind.source()
                        + ", which does not exist; build it first: ./siteswap lab list");
            }
            argv.addAll(List.of(bind.source().toString(), bind.target(),
                    bind.readOnly() ? "ro" : "rw"));
        }
        if (node.binds().stream().anyMatch(bind -> bind.target().equals(CONFIG))) {
            argv.addAll(List.of(disk(dir).toString(), DATA, "rw"));
        }
        argv.addAll(List.of(System.getProperty("java.home"), "/opt/java", "ro", "--"));
        argv.addAll(node.command());
        var builder = new ProcessBuilder(inNetwork(node.name(), argv));
        builder.environment().putAll(environment);
        var process = builder
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.resolve("console").toFile()))
                .start();
        Files.writeString(dir.resolve("pid"), Long.toString(firstProcess(process, dir)));
    }

    /** A disk of its own for what a monitor keeps, small enough to be filled; outlives the node. */
    private static Path disk(Path dir) throws IOException {
        Path disk = dir.resolve("disk");
        if (!Files.isDirectory(disk)) {
            Files.createDirectories(disk);
            Argv.check("mount", "-t", "tmpfs", "-o", "size=" + DISK_SIZE, "siteswap-lab-disk",
                    disk.toString());
        }
        return disk;
    }

    /**
     * The node's process 1, seen from here: the child of unshare. Waits until it has left the
     * host's root, or a command run in the node right now would run on the host's files.
     */
    private static long firstProcess(Process unshare, Path dir) throws IOException {
        var root = dir.resolve("root");
        while (unshare.isAlive()) {
            for (var child : unshare.children().toList()) {
                if (hasRoot(child.pid(), root)) {
                    return child.pid();
                }
            }
            LockSupport.parkNanos(BOOT_POLL.toNanos());
        }
        throw new IOException("a node did not start: " + Files.readString(dir.resolve("console")));
    }

    private static boolean hasRoot(long pid, Path root) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "root"))
                    .equals(root);
        } catch (IOException e) {
            return false;
        }
    }

    private void connect(Topology.Link link) throws IOException {
        Argv.check("ip", "link", "add", link.left().device(), "netns",
                topology.outsideName(link.left().node()), "type", "veth", "peer", "name",
                link.right().device(), "netns", topology.outsideName(link.right().node()));
        for (var port : List.of(link.left(), link.right())) {
            Argv.check("ip", "-n", topology.outsideName(port.node()), "link", "set",
                    port.device(), "up");
        }
    }

    /** @param first false after a power cut, when the kernel still has most of it */
    private void configure(Node node, boolean first) throws IOException {
        for (var argv : node.exec()) {
            var ended = exec(node.name(), argv);
            if (first && ended.code() != 0) {
                throw new IOException("exec of node " + node.name() + ": '"
                        + String.join(" ", argv) + "' ended with " + ended.code() + ": "
                        + ended.output().strip());
            }
        }
    }

    private void kill(String node) throws IOException {
        for (var pid : Argv.check("ip", "netns", "pids", topology.outsideName(node)).lines()
                .toList()) {
            ProcessHandle.of(Long.parseLong(pid.strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private List<String> inNetwork(String node, List<String> argv) {
        var all = new ArrayList<>(List.of("nsenter", "--net=" + namespace(node)));
        all.addAll(argv);
        return all;
    }

    private List<String> inside(String node, List<String> argv) throws IOException {
        var pid = Files.readString(STATE.resolve(node).resolve("pid")).strip();
        var all = new ArrayList<>(List.of("nsenter", "-t", pid, "-n", "-m", "-p", "-u", "-i",
                "--root", "--wd"));
        all.addAll(argv);
        return all;
    }

    private Node node(String name) throws IOException {
        var node = topology.nodes().get(name);
        if (node == null) {
            throw new IOException("no node is called '" + name + "'; there are "
                    + topology.nodes().keySet().stream().sorted().toList());
        }
        return node;
    }

    private interface Work<T> {
        void on(T item) throws IOException;
    }

    private static <T> void inParallel(List<T> items, Work<T> work) throws IOException {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = items.stream().map(item -> pool.submit(() -> {
                work.on(item);
                return item;
            })).toList();
            for (var one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
