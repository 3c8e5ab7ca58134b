package io.siteswap.lab.scenarios;

import io.siteswap.lab.topology.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The shop's customers: an order every 20 ms through the anycast address, each on a connection of
 * its own, whether or not the ones before have been answered (open loop: an outage is seen by as
 * many customers as it lasts).
 */
final class OrderClient implements AutoCloseable {

    static final String ADDRESS = "203.0.113.10";
    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final int CONNECT_MILLIS = 400;
    private static final int ANSWER_MILLIS = 5000;
    private static final int PORT = 8080;

    /**
     * One order.
     *
     * @param began on the monotonic clock, ns
     * @param acknowledged the answer was 200: the shop has promised to keep it
     * @param answer the answer's body, or what went wrong
     */
    record Order(String id, long began, long ended, boolean acknowledged, String answer) {
    }

    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final ThreadPoolExecutor pool;
    private final Thread pacer;
    private volatile boolean open = true;

    OrderClient(Path namespace) {
        pool = new ThreadPoolExecutor(0, 1000, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
                body -> NetworkNamespace.unstarted(namespace, "order", body));
        pacer = Thread.ofPlatform().daemon().name("orders").start(this::pace);
    }

    private void pace() {
        var next = System.nanoTime();
        for (var n = 1; open; n++) {
            var id = "order-" + n;
            underWay.incrementAndGet();
            pool.execute(() -> {
                orders.add(place(id));
                underWay.decrementAndGet();
            });
            next += PERIOD.toNanos();
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private static Order place(String id) {
        var began = System.nanoTime();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(ADDRESS, PORT), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(("POST /orders?id=" + id + " HTTP/1.1\r\nHost: shop\r\n"
                    + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(),
                    StandardCharsets.UTF_8)).lines().toList();
            var good = !lines.isEmpty() && lines.getFirst().contains(" 200 ");
            return new Order(id, began, System.nanoTime(), good,
                    lines.isEmpty() ? "connection closed" : lines.getLast());
        } catch (IOException | java.io.UncheckedIOException e) {
            return new Order(id, began, System.nanoTime(), false, String.valueOf(e.getMessage()));
        }
    }

    /** Orders that are over, by the time of their end. */
    List<Order> orders() {
        return orders.stream().sorted(Comparator.comparingLong(Order::ended)).toList();
    }

    /** No new orders; returns when the ones under way are over. */
    @Override
    public void close() {
        open = false;
        try {
            pacer.join();
            pool.shutdown();
            var over = pool.awaitTermination(2L * ANSWER_MILLIS, TimeUnit.MILLISECONDS);
            assert over || underWay.get() > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
