package io.siteswap.monitor.log;

import io.siteswap.monitor.quorum.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The monitors' logs of one cluster, in one process: two datacenters and an arbiter. */
public abstract class Members<L extends Log> implements AutoCloseable {

    public static final List<String> NAMES = List.of("dc1", "dc2", "arb");

    protected final Map<String, L> logs = new HashMap<>();
    protected final Map<String, Ear> ears = new HashMap<>();

    protected abstract L opened(String name, Ear ear) throws IOException;

    /** Where it keeps what it needs after a restart. */
    protected abstract Path folder(String name);

    public L open(String name) throws IOException {
        L log = openUnready(name);
        log.ready();
        return log;
    }

    /** As a monitor does that still compiles its rules. */
    public L openUnready(String name) throws IOException {
        Ear ear = new Ear();
        L log = opened(name, ear);
        ears.put(name, ear);
        logs.put(name, log);
        return log;
    }

    public void openAll() throws IOException {
        for (String name : NAMES) {
            open(name);
        }
    }

    public void close(String name) {
        L log = logs.remove(name);
        ears.remove(name);
        if (log != null) {
            log.close();
        }
    }

    public L log(String name) {
        return there(logs, name);
    }

    public Ear ear(String name) {
        return there(ears, name);
    }

    private static <T> T there(Map<String, T> all, String name) {
        T found = all.get(name);
        if (found == null) {
            throw new AssertionError(name + " is not open");
        }
        return found;
    }

    /** Name of the one that leads and is ready; waits for it. */
    public String leader() throws InterruptedException {
        await("a leader", () -> ears.values().stream().anyMatch(e -> e.leading));
        return ears.entrySet().stream().filter(e -> e.getValue().leading)
                .map(Map.Entry::getKey).findFirst().orElseThrow();
    }

    /** Waits until it leads and all that are open know it. */
    public void lead(String name) throws InterruptedException {
        await(name + " leads", () -> ear(name).leading
                && logs.values().stream().allMatch(log -> log.leader().equals(name)));
    }

    /** Forgets all that it has on its disk. */
    public void wipe(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder(name))) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
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

    /** Side by side: what is below some kinds of log takes two seconds to be sure that all is over. */
    public void closeAll() {
        List<L> open = List.copyOf(logs.values());
        logs.clear();
        ears.clear();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            open.forEach(log -> each.execute(log::close));
        }
    }
}
