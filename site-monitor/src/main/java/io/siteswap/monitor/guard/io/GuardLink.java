package io.siteswap.monitor.guard.io;

import io.siteswap.monitor.guard.Line;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The monitor's end. What it last said of each service is said again to every guard that comes: a
 * line that is late, or lost with the monitor, only makes the guard fence earlier.
 */
public final class GuardLink implements AutoCloseable {

    /** A guard that was restarted is found again after this. */
    private static final long AGAIN_MILLIS = 50;
    private static final long GOODBYE_MILLIS = 200;

    private final Path socket;
    private final Consumer<Line> heard;
    private final Consumer<Boolean> linked;
    private final Map<String, Line> latest = new LinkedHashMap<>();
    private final Map<String, Line> unsent = new LinkedHashMap<>();
    private final Map<String, Long> taken = new HashMap<>();
    private final Thread writer;
    private @Nullable LineChannel channel;
    private boolean closed;

    /**
     * @param heard told what the guard says, on a thread of this link
     * @param linked told when a guard is found and when it is lost
     */
    public GuardLink(Path socket, Consumer<Line> heard, Consumer<Boolean> linked) {
        this.socket = socket;
        this.heard = heard;
        this.linked = linked;
        this.writer = Thread.ofPlatform().daemon().name("guard").unstarted(this::work);
    }

    public void start() {
        writer.start();
    }

    /** Tells the guard where the service stands. Never blocks; only the newest word counts. */
    public synchronized void tell(String service, Line line) {
        if (!line.equals(latest.put(service, line))) {
            unsent.put(service, line);
            notifyAll();
        }
    }

    /** A guard is connected now. */
    public synchronized boolean linked() {
        return channel != null;
    }

    /**
     * Waits until the guard has this epoch, or a newer one, on its disk; a guard that is restarted
     * knows it then, too.
     *
     * @return false when it has not within that time
     */
    public synchronized boolean awaitTaken(String service, long epoch, Duration limit)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (taken.getOrDefault(service, 0L) < epoch) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private void work() {
        while (open()) {
            try (LineChannel next = new LineChannel(
                    SocketChannel.open(UnixDomainSocketAddress.of(socket)))) {
                next.send(new Line.Hello(ProcessHandle.current().pid()));
                begin(next);
                Thread.ofVirtual().name("guard speaks").start(() -> read(next));
                while (true) {
                    for (Line line : take(next)) {
                        next.send(line);
                    }
                }
            } catch (IOException e) {
                // No guard, or no longer: looked for again.
                lost();
            } catch (InterruptedException e) {
                return;
            }
            if (!pause()) {
                return;
            }
        }
    }

    private synchronized boolean open() {
        return !closed;
    }

    private void begin(LineChannel next) {
        synchronized (this) {
            channel = next;
            unsent.putAll(latest);
        }
        linked.accept(true);
    }

    private void lost() {
        boolean was;
        synchronized (this) {
            was = channel != null;
            channel = null;
        }
        if (was) {
            linked.accept(false);
        }
    }

    private synchronized boolean pause() {
        try {
            long end = System.nanoTime() + AGAIN_MILLIS * 1_000_000;
            for (long left = AGAIN_MILLIS; !closed && left > 0; left = (end - System.nanoTime())
                    / 1_000_000) {
                wait(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private synchronized List<Line> take(LineChannel mine)
            throws IOException, InterruptedException {
        while (unsent.isEmpty()) {
            notifyAll();
            if (channel != mine || closed) {
                throw new IOException("over");
            }
            wait();
        }
        List<Line> lines = List.copyOf(unsent.values());
        unsent.clear();
        return lines;
    }

    private void read(LineChannel from) {
        try {
            while (true) {
                Line line = from.next();
                if (line instanceof Line.Taken it) {
                    synchronized (this) {
                        taken.merge(it.service(), it.epoch(), Math::max);
                        notifyAll();
                    }
                }
                heard.accept(line);
            }
        } catch (IOException e) {
            from.close();
            lost();
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Says what is left to say, for a moment, and ends. */
    @Override
    public void close() {
        synchronized (this) {
            long end = System.nanoTime() + GOODBYE_MILLIS * 1_000_000;
            try {
                while (channel != null && !unsent.isEmpty() && System.nanoTime() - end < 0) {
                    wait(GOODBYE_MILLIS / 10);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            closed = true;
            notifyAll();
        }
        try {
            writer.join(GOODBYE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
