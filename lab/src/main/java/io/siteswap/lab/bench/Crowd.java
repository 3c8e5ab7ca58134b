package io.siteswap.lab.bench;

import io.siteswap.bgp.app.TimeSlice;
import io.siteswap.lab.topology.NetworkNamespace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** All simulated neighbours of one daemon: one thread, in the namespace of the neighbours. */
final class Crowd implements AutoCloseable {

    private static final Duration KEEPALIVE = Duration.ofSeconds(20);
    /** BIRD listens with a backlog of 8: what is over is lost and found again much later. */
    private static final long OPENING_MOST = 4;
    private static final long CONNECT_POLL_MILLIS = 2;
    private static final long IDLE_MILLIS = 1000;
    private static final Duration LOOK = Duration.ofMillis(1);

    private final List<SimulatedPeer> peers;
    private final InetSocketAddress daemon;
    private final Duration retry;
    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean ended;

    /** @param retry pause after a connection that was refused */
    Crowd(Path namespace, InetSocketAddress daemon, List<SimulatedPeer> peers, Duration retry)
            throws IOException {
        this.peers = List.copyOf(peers);
        this.daemon = daemon;
        this.retry = retry;
        this.selector = Selector.open();
        this.thread = NetworkNamespace.unstarted(namespace, "crowd", this::run);
    }

    Crowd start() {
        thread.start();
        return this;
    }

    List<SimulatedPeer> peers() {
        return peers;
    }

    /** @return when the kernel had the last octet, {@link System#nanoTime} */
    CompletableFuture<Long> write(SimulatedPeer peer, ByteBuffer bytes) {
        var written = new CompletableFuture<Long>();
        tasks.add(() -> peer.write(selector, bytes.duplicate(), written));
        selector.wakeup();
        return written;
    }

    /** @throws IOException naming what was waited for, when it does not come in time */
    void await(String what, Duration limit, BooleanSupplier condition) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("not within " + limit.toSeconds() + " s: " + what
                        + farewells());
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    void awaitEstablished(Duration limit) throws IOException {
        await("all sessions Established", limit,
                () -> peers.stream().allMatch(SimulatedPeer::established));
    }

    private String farewells() {
        var said = peers.stream().map(SimulatedPeer::farewell).filter(f -> !f.isEmpty())
                .distinct().limit(3).toList();
        return said.isEmpty() ? "" : " (sessions ended: " + String.join("; ", said) + ")";
    }

    /** @throws IOException when it is not done in time or the session ends before */
    static long join(CompletableFuture<Long> written, Duration limit) throws IOException {
        try {
            return written.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("not read within " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void run() {
        TimeSlice.shorten();
        long keepaliveAt = System.nanoTime() + KEEPALIVE.toNanos();
        try {
            while (!ended) {
                boolean waiting = connectMissing();
                selector.select(waiting ? CONNECT_POLL_MILLIS : IDLE_MILLIS);
                for (var key : selector.selectedKeys()) {
                    if (key.attachment() instanceof SimulatedPeer peer) {
                        peer.ready(key, selector);
                    }
                }
                selector.selectedKeys().clear();
                for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                if (System.nanoTime() - keepaliveAt > 0) {
                    peers.forEach(peer -> peer.keepalive(selector));
                    keepaliveAt += KEEPALIVE.toNanos();
                }
            }
        } catch (IOException e) {
            peers.forEach(peer -> peer.close(String.valueOf(e.getMessage())));
        } finally {
            peers.forEach(peer -> peer.close("the benchmark is done with it"));
        }
    }

    private boolean connectMissing() throws IOException {
        long now = System.nanoTime();
        long opening = peers.stream().filter(peer -> !peer.waits() && !peer.established()).count();
        boolean waiting = opening > 0;
        for (var peer : peers) {
            if (peer.waits()) {
                waiting = true;
                if (opening < OPENING_MOST) {
                    peer.connect(selector, daemon, now, retry.toNanos());
                    opening++;
                }
            }
        }
        return waiting;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
