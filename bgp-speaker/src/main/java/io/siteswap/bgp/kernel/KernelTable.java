package io.siteswap.bgp.kernel;

import io.siteswap.bgp.wire.Prefix;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps the kernel's table in step with the best routes, on a thread of its own: the kernel may
 * take its time, and the sessions must not wait for it. Between two looks at the kernel only the
 * newest wish for a prefix counts.
 *
 * <p>
 * A restart keeps traffic flowing: what a former run installed stays until {@link #settle}.
 */
public final class KernelTable implements AutoCloseable {

    private final NetlinkSocket socket;
    private final Consumer<String> trouble;
    private final Thread worker;
    /** Guarded by {@code this}: an empty value asks for removal. */
    private Map<Prefix, Optional<KernelRoute>> wishes = new LinkedHashMap<>();
    private boolean settling;
    private boolean closing;
    private boolean keep;
    /** The worker's: what is in the kernel by us. */
    private final Set<Prefix> installed = new HashSet<>();
    private final Set<Prefix> inherited = new HashSet<>();

    private KernelTable(NetlinkSocket socket, Consumer<String> trouble) throws IOException {
        this.socket = socket;
        this.trouble = trouble;
        socket.ours().forEach(route -> inherited.add(route.prefix()));
        worker = Thread.ofPlatform().name("bgp-kernel").unstarted(this::work);
    }

    /**
     * @param trouble gets one sentence for each route that the kernel refuses, on the worker
     * @throws IOException with one sentence for the operator
     */
    public static KernelTable start(KernelOptions options, Consumer<String> trouble)
            throws IOException {
        KernelTable table = new KernelTable(NetlinkSocket.open(options), trouble);
        table.worker.start();
        return table;
    }

    public synchronized void put(KernelRoute route) {
        wishes.put(route.prefix(), Optional.of(route));
        notifyAll();
    }

    public synchronized void remove(Prefix prefix) {
        wishes.put(prefix, Optional.empty());
        notifyAll();
    }

    /** All neighbours have told their tables: what nobody asked for again goes away. */
    public synchronized void settle() {
        settling = true;
        notifyAll();
    }

    /** Leaves the routes where they are, for the next run. */
    public void abandon() {
        end(true);
    }

    /** Removes the routes. */
    @Override
    public void close() {
        end(false);
    }

    private void end(boolean keepRoutes) {
        synchronized (this) {
            closing = true;
            keep = keepRoutes;
            notifyAll();
        }
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Work(Map<Prefix, Optional<KernelRoute>> wishes, boolean settle, boolean end,
            boolean keep) {
    }

    private synchronized Work next() throws InterruptedException {
        while (wishes.isEmpty() && !settling && !closing) {
            wait();
        }
        Work work = new Work(wishes, settling, closing, keep);
        wishes = new LinkedHashMap<>();
        settling = false;
        return work;
    }

    private void work() {
        try (socket) {
            boolean running = true;
            while (running) {
                Work work = next();
                for (var wish : work.wishes.entrySet()) {
                    carryOut(wish.getKey(), wish.getValue());
                }
                if (work.settle || (work.end && !work.keep)) {
                    removeAll(inherited);
                }
                if (work.end && !work.keep) {
                    removeAll(installed);
                }
                running = !work.end;
            }
        } catch (IOException e) {
            trouble.accept("Received routes are no longer installed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOut(Prefix prefix, Optional<KernelRoute> wish) throws IOException {
        if (wish.isPresent()) {
            Optional<String> refused = socket.put(wish.get());
            refused.ifPresent(trouble);
            if (refused.isEmpty()) {
                installed.add(prefix);
                inherited.remove(prefix);
            }
        } else {
            boolean ours = installed.remove(prefix);
            boolean former = inherited.remove(prefix);
            if (ours || former) {
                socket.remove(prefix).ifPresent(trouble);
            }
        }
    }

    private void removeAll(Set<Prefix> prefixes) throws IOException {
        for (Prefix prefix : prefixes) {
            socket.remove(prefix).ifPresent(trouble);
        }
        prefixes.clear();
    }
}
