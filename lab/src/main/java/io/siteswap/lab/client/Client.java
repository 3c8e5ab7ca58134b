package io.siteswap.lab.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A client somewhere in the Internet: starts a request every 20 ms, each on a connection of its own,
 * whatever becomes of those before.
 */
public final class Client implements AutoCloseable {
    private static final long PERIOD = 20_000_000;
    /** The patience of an ordinary HTTP client; balancers hold requests while roles are swapped. */
    private static final int TIMEOUT_MILLIS = 5000;

    /** An acknowledged write. Times in nanoseconds of one clock. */
    public record Ack(long id, String site, long sent, long answered) {
    }

    /** @param why what the client saw */
    public record Failure(long id, long sent, String why) {
    }

    private final InetSocketAddress door;
    private final Consumer<Ack> onAck;
    private final ThreadFactory requests;
    private final List<Ack> acks = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final AtomicLong nextId = new AtomicLong(1);
    private final AtomicInteger open = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;

    /** @param onAck told each acknowledged write as it comes */
    public Client(InetSocketAddress door, Consumer<Ack> onAck) {
        this(door, onAck, Thread.ofVirtual().factory());
    }

    /** @param requests makes the thread of each request, where its connection is opened from */
    public Client(InetSocketAddress door, Consumer<Ack> onAck, ThreadFactory requests) {
        this.door = door;
        this.onAck = onAck;
        this.requests = requests;
        this.thread = Thread.ofPlatform().daemon().name("client").start(this::run);
    }

    private void run() {
        long next = System.nanoTime();
        while (!closed) {
            open.incrementAndGet();
            requests.newThread(() -> request(nextId.getAndIncrement())).start();
            next += PERIOD;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void request(long id) {
        long sent = System.nanoTime();
        try {
            Ack ack = new Ack(id, post(id), sent, System.nanoTime());
            synchronized (acks) {
                acks.add(ack);
            }
            onAck.accept(ack);
        } catch (IOException e) {
            synchronized (failures) {
                failures.add(new Failure(id, sent, String.valueOf(e.getMessage())));
            }
        } finally {
            open.decrementAndGet();
        }
    }

    /** @return the site that committed */
    private String post(long id) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(door, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(("POST /tx?id=" + id + " HTTP/1.1\r\nHost: shop\r\n"
                    + "Connection: close\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String status = in.readLine();
            if (status == null) {
                throw new IOException("the connection ended without an answer");
            }
            if (!status.contains(" 200")) {
                throw new IOException(status);
            }
            String site = "";
            for (String line = in.readLine(); line != null
                    && !line.isEmpty(); line = in.readLine()) {
                if (line.regionMatches(true, 0, "X-Site:", 0, 7)) {
                    site = line.substring(7).strip();
                }
            }
            return site;
        }
    }

    public List<Ack> acks() {
        synchronized (acks) {
            return acks.stream().sorted(Comparator.comparingLong(Ack::answered)).toList();
        }
    }

    public List<Failure> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    /** Longest time without any acknowledged write that began or ended after {@code since}. */
    public long longestPauseNanos(long since) {
        long longest = 0;
        long last = Long.MIN_VALUE;
        for (Ack ack : acks()) {
            if (last != Long.MIN_VALUE && ack.answered() - since > 0) {
                longest = Math.max(longest, ack.answered() - last);
            }
            last = ack.answered();
        }
        return longest;
    }

    /** Starts no more requests and waits for those under way. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        while (open.get() > 0) {
            LockSupport.parkNanos(PERIOD);
        }
    }
}
