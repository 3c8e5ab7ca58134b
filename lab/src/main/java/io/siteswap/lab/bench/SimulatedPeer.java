package io.siteswap.lab.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One neighbour of the daemon under test: says OPEN and KEEPALIVE, writes what it is given, counts
 * what it reads. It decides nothing and keeps no route. Lives on the thread of its {@link Crowd};
 * counters may be read from anywhere.
 */
final class SimulatedPeer {

    private static final int HEADER = 19;
    private static final int OPEN = 1;
    private static final int UPDATE = 2;
    private static final int NOTIFICATION = 3;
    private static final int KEEPALIVE = 4;
    private static final int AS_PATH = 2;
    private static final int EXTENDED = 0x10;
    /** Long, so that a daemon that is busy reading is not mistaken for a dead one. */
    private static final int HOLD_SECONDS = 600;
    private static final int IN = 1 << 16;

    private record Outgoing(ByteBuffer bytes, CompletableFuture<Long> written) {
    }

    private final InetAddress address;
    private final int as;
    private final Deque<Outgoing> outgoing = new ArrayDeque<>();
    private final ByteBuffer in = ByteBuffer.allocate(IN);
    private Optional<SocketChannel> channel = Optional.empty();
    private long retryAt;

    private volatile boolean established;
    private volatile long announced;
    private volatile long withdrawn;
    private volatile long updates;
    private volatile int lastHops;
    private volatile long lastUpdateAt;
    private volatile String farewell = "";

    SimulatedPeer(InetAddress address, int as) {
        this.address = address;
        this.as = as;
    }

    InetAddress address() {
        return address;
    }

    int as() {
        return as;
    }

    boolean established() {
        return established;
    }

    /** Prefixes in the UPDATEs read so far, also those announced again. */
    long announced() {
        return announced;
    }

    long withdrawn() {
        return withdrawn;
    }

    long updates() {
        return updates;
    }

    /** Numbers in the AS path of the last announcement. */
    int lastHops() {
        return lastHops;
    }

    /** {@link System#nanoTime} at which the last announcement was read. */
    long lastUpdateAt() {
        return lastUpdateAt;
    }

    /** Why the session ended, empty while it has not. */
    String farewell() {
        return farewell;
    }

    boolean waits() {
        return channel.isEmpty();
    }

    /** Starts a connection unless the last attempt was just now. */
    void connect(Selector selector, InetSocketAddress daemon, long now, long pauseNanos)
            throws IOException {
        if (now - retryAt < 0) {
            return;
        }
        retryAt = now + pauseNanos;
        var fresh = SocketChannel.open();
        fresh.configureBlocking(false);
        fresh.setOption(StandardSocketOptions.TCP_NODELAY, true);
        fresh.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        fresh.bind(new InetSocketAddress(address, 0));
        fresh.register(selector, SelectionKey.OP_CONNECT, this);
        channel = Optional.of(fresh);
        if (fresh.connect(daemon)) {
            connected(selector);
        }
    }

    private void connected(Selector selector) {
        in.clear();
        outgoing.clear();
        channel.map(c -> c.keyFor(selector)).ifPresent(k -> k.interestOps(SelectionKey.OP_READ));
        write(selector, open(address, as, HOLD_SECONDS), new CompletableFuture<>());
    }

    /** RFC 4271 section 4.2, with IPv4 unicast and four-octet AS numbers. */
    static ByteBuffer open(InetAddress address, int as, int holdSeconds) {
        var open = message(HEADER + 10 + 2 + 12, OPEN);
        open.put((byte) 4).putShort((short) as).putShort((short) holdSeconds)
                .put(address.getAddress()).put((byte) 14).put((byte) 2).put((byte) 12);
        open.put((byte) 1).put((byte) 4).putInt(1 << 16 | 1);
        open.put((byte) 65).put((byte) 4).putInt(as);
        return open.flip();
    }

    private static ByteBuffer message(int length, int type) {
        return ByteBuffer.allocate(length).putLong(-1).putLong(-1).putShort((short) length)
                .put((byte) type);
    }

    void keepalive(Selector selector) {
        if (established && outgoing.isEmpty()) {
            write(selector, message(HEADER, KEEPALIVE).flip(), new CompletableFuture<>());
        }
    }

    /** @param written completed with {@link System#nanoTime} when the kernel has the last octet */
    void write(Selector selector, ByteBuffer bytes, CompletableFuture<Long> written) {
        outgoing.add(new Outgoing(bytes, written));
        flush(selector);
    }

    void ready(SelectionKey key, Selector selector) {
        try {
            if (key.isConnectable() && channel.isPresent() && channel.get().finishConnect()) {
                connected(selector);
                return;
            }
            if (key.isReadable()) {
                read(selector);
            }
            if (key.isValid() && key.isWritable()) {
                flush(selector);
            }
        } catch (IOException e) {
            close(String.valueOf(e.getMessage()));
        }
    }

    private void flush(Selector selector) {
        if (channel.isEmpty()) {
            return;
        }
        var open = channel.get();
        try {
            while (!outgoing.isEmpty()) {
                var first = outgoing.element();
                open.write(first.bytes);
                if (first.bytes.hasRemaining()) {
                    break;
                }
                outgoing.remove();
                first.written.complete(System.nanoTime());
            }
            open.keyFor(selector).interestOps(outgoing.isEmpty()
                    ? SelectionKey.OP_READ
                    : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        } catch (IOException e) {
            close(String.valueOf(e.getMessage()));
        }
    }

    private void read(Selector selector) throws IOException {
        var open = channel.orElseThrow();
        if (open.read(in) < 0) {
            close("connection closed");
            return;
        }
        long now = System.nanoTime();
        in.flip();
        while (in.remaining() >= HEADER) {
            int at = in.position();
            int length = in.getShort(at + 16) & 0xFFFF;
            if (in.remaining() < length) {
                break;
            }
            take(selector, at, length, now);
            in.position(at + length);
        }
        in.compact();
    }

    private void take(Selector selector, int at, int length, long now) {
        switch (in.get(at + 18)) {
            case OPEN -> write(selector, message(HEADER, KEEPALIVE).flip(),
                    new CompletableFuture<>());
            case KEEPALIVE -> established = true;
            case UPDATE -> update(at, at + length, now);
            case NOTIFICATION -> farewell = "notification " + in.get(at + HEADER) + "/"
                    + in.get(at + HEADER + 1);
            default -> {
                // Nothing else concerns a neighbour that keeps no routes.
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the crowd's thread
    private void update(int at, int end, long now) {
        int withdrawnEnd = at + HEADER + 2 + (in.getShort(at + HEADER) & 0xFFFF);
        int attributesEnd = withdrawnEnd + 2 + (in.getShort(withdrawnEnd) & 0xFFFF);
        withdrawn += prefixes(at + HEADER + 2, withdrawnEnd);
        int more = prefixes(attributesEnd, end);
        if (more > 0) {
            lastHops = hops(withdrawnEnd + 2, attributesEnd);
            lastUpdateAt = now;
            announced += more;
        }
        updates++;
    }

    private int prefixes(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i += 1 + ((in.get(i) & 0xFF) + 7) / 8) {
            count++;
        }
        return count;
    }

    private int hops(int from, int to) {
        for (int i = from; i < to;) {
            boolean extended = (in.get(i) & EXTENDED) != 0;
            int length = extended ? in.getShort(i + 2) & 0xFFFF : in.get(i + 2) & 0xFF;
            int value = i + (extended ? 4 : 3);
            if (in.get(i + 1) == AS_PATH) {
                return length == 0 ? 0 : in.get(value + 1) & 0xFF;
            }
            i = value + length;
        }
        return 0;
    }

    void close(String reason) {
        boolean was = established;
        established = false;
        if (was && farewell.isEmpty()) {
            farewell = reason;
        }
        channel.ifPresent(SimulatedPeer::closeQuietly);
        channel = Optional.empty();
        outgoing.forEach(o -> o.written.completeExceptionally(new IOException(
                "the session ended: " + (farewell.isEmpty() ? reason : farewell))));
        outgoing.clear();
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
