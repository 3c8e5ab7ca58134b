package io.siteswap.monitor.raft;

import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Log;
import io.siteswap.monitor.quorum.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Three logs of one cluster on loopback, in one process. */
final class Trio implements AutoCloseable {

    static final List<String> NAMES = List.of("dc1", "dc2", "arb");

    /** What one member was told. */
    static final class Ear implements Log.Listener {
        final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
        final BlockingQueue<Long> times = new LinkedBlockingQueue<>();
        final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        volatile boolean leading;

        @Override
        public void applied(Command command, Reply reply, ClusterState state) {
            if (!(command instanceof Command.Nudge)) {
                times.add(System.nanoTime());
                commands.add(command);
            }
        }

        @Override
        public void leadership(boolean now) {
            leading = now;
        }

        @Override
        public void failed(String why) {
            failures.add(why);
        }
    }

    final Map<String, RaftLog> logs = new HashMap<>();
    final Map<String, Ear> ears = new HashMap<>();
    private final List<RaftSettings.Member> members = new ArrayList<>();
    private final Path folder;
    private final int snapshotEvery;

    Trio(Path folder, int snapshotEvery) throws IOException {
        this.folder = folder;
        this.snapshotEvery = snapshotEvery;
        List<ServerSocket> held = new ArrayList<>();
        for (String name : NAMES) {
            ServerSocket socket = new ServerSocket(0);
            held.add(socket);
            members.add(new RaftSettings.Member(name, "127.0.0.1:" + socket.getLocalPort(),
                    name.equals("arb")));
        }
        for (ServerSocket socket : held) {
            socket.close();
        }
    }

    RaftSettings settings(String name) {
        String listen = members.get(NAMES.indexOf(name)).address();
        return new RaftSettings("test", name, members, listen,
                folder.resolve(name).resolve("raft"), Duration.ofMillis(300),
                Duration.ofMillis(600), List.of("shop"), snapshotEvery);
    }

    RaftLog open(String name) throws IOException {
        Ear ear = new Ear();
        RaftLog log = RaftLog.open(settings(name), ear);
        ears.put(name, ear);
        logs.put(name, log);
        return log;
    }

    void openAll() throws IOException {
        for (String name : NAMES) {
            open(name);
        }
    }

    void close(String name) {
        RaftLog log = logs.remove(name);
        ears.remove(name);
        if (log != null) {
            log.close();
        }
    }

    RaftLog log(String name) {
        RaftLog log = logs.get(name);
        if (log == null) {
            throw new AssertionError(name + " is not open");
        }
        return log;
    }

    Ear ear(String name) {
        Ear ear = ears.get(name);
        if (ear == null) {
            throw new AssertionError(name + " is not open");
        }
        return ear;
    }

    /** Name of the one that leads and is ready; waits for it. */
    String leader() throws InterruptedException {
        await("a leader", () -> ears.values().stream().anyMatch(e -> e.leading));
        return ears.entrySet().stream().filter(e -> e.getValue().leading)
                .map(Map.Entry::getKey).findFirst().orElseThrow();
    }

    /** Waits until it leads and all that are open know it. */
    void lead(String name) throws InterruptedException {
        await(name + " leads", () -> ear(name).leading
                && logs.values().stream().allMatch(log -> log.leader().equals(name)));
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never: " + what);
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        closeAll();
    }

    void closeAll() {
        List.copyOf(logs.keySet()).forEach(this::close);
    }
}
