package io.siteswap.bgp.bmp.net;

import io.siteswap.bgp.bmp.BmpEncoder;
import io.siteswap.bgp.bmp.BmpMessage;
import io.siteswap.bgp.bmp.BmpOptions;
import io.siteswap.bgp.bmp.BmpPeer;
import io.siteswap.bgp.bmp.BmpSource;
import io.siteswap.bgp.bmp.View;
import io.siteswap.bgp.wire.Octets;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One collector: a queue with a bound, and a thread that writes it out. After connecting, the
 * tables come in slices, each put into the same queue by the thread that also reports changes, so
 * that no change overtakes what it changes. The next slice is asked for when the queue is short.
 */
final class Feed {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Below this many octets in the queue the dump goes on. */
    private static final int SHORT_QUEUE = 1 << 20;

    private final BmpOptions.Collector collector;
    private final BmpOptions options;
    private final BmpSource source;
    private final PeersUp peers;
    private final InstantSource clock;
    private final Thread thread;

    /** Guards everything below. */
    private final Object lock = new Object();
    private final Queue<byte[]> queue = new ArrayDeque<>();
    private final Deque<Table> toDump = new ArrayDeque<>();
    private int octets;
    private boolean connected;
    private boolean overflown;
    private boolean closed;
    private boolean asked;
    /** Answers to questions of an earlier connection are not for this one. */
    private int connection;
    private Optional<Socket> socket = Optional.empty();
    private long messages;
    private long overflows;
    private String lastError = "";

    /** What is still to be dumped of one table. */
    private record Table(BmpPeer peer, View view, BmpSource.Cursor from) {
    }

    Feed(BmpOptions.Collector collector, BmpOptions options, BmpSource source,
            PeersUp peers, InstantSource clock) {
        this.collector = collector;
        this.options = options;
        this.source = source;
        this.peers = peers;
        this.clock = clock;
        thread = Thread.ofPlatform().name("bmp-" + collector).daemon().unstarted(this::run);
    }

    BmpOptions.Collector collector() {
        return collector;
    }

    void start() {
        thread.start();
    }

    /** Never waits. */
    void offer(byte[] message) {
        synchronized (lock) {
            if (!connected || overflown) {
                return;
            }
            if (octets + message.length > options.queueOctets()) {
                overflown = true;
                overflows++;
                // The writer may hang in a write that never ends.
                socket.ifPresent(Feed::closeQuietly);
            } else {
                queue.add(message);
                octets += message.length;
            }
            lock.notifyAll();
        }
    }

    private void run() {
        Duration pause = options.shortestPause();
        while (!isClosed()) {
            long before = messages;
            try {
                converse();
            } catch (IOException e) {
                ended(e);
            }
            // It took something: not the same fault as last time.
            pause = messages > before ? options.shortestPause() : longer(pause);
            pause(pause);
        }
    }

    private Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(options.longestPause()) < 0 ? twice : options.longestPause();
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private void ended(IOException e) {
        synchronized (lock) {
            String reason = overflown
                    ? "it did not keep up: more than " + options.queueOctets()
                            + " octets were waiting"
                    : String.valueOf(e.getMessage());
            if (!reason.equals(lastError)) {
                LOG.warn("BMP collector {}: {}.", collector, reason);
            }
            lastError = reason;
        }
    }

    private void pause(Duration length) {
        synchronized (lock) {
            long deadline = System.nanoTime() + length.toNanos();
            for (long left = length.toNanos(); left > 0 && !closed; left = deadline
                    - System.nanoTime()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    closed = true;
                }
            }
        }
    }

    private void converse() throws IOException {
        try (Socket connecting = new Socket()) {
            connecting.connect(new InetSocketAddress(collector.host(), collector.port()),
                    (int) CONNECT.toMillis());
            connecting.shutdownInput();
            begin(connecting);
            write(connecting.getOutputStream());
        } finally {
            synchronized (lock) {
                connected = false;
                socket = Optional.empty();
                queue.clear();
                octets = 0;
            }
        }
    }

    /** From here on changes are queued; what was before comes with the dump. */
    private void begin(Socket connecting) {
        synchronized (peers) {
            beginWith(connecting);
        }
    }

    private void beginWith(Socket connecting) {
        synchronized (lock) {
            connection++;
            overflown = false;
            asked = false;
            connected = true;
            socket = Optional.of(connecting);
            toDump.clear();
            offer(BmpEncoder
                    .encode(new BmpMessage.Initiation(options.name(), options.description())));
            peers.all().forEach((peer, message) -> {
                offer(BmpEncoder.encode(message));
                options.views().stream().sorted()
                        .forEach(view -> toDump.add(new Table(peer, view, BmpSource.Cursor.START)));
            });
        }
    }

    private void write(OutputStream out) throws IOException {
        while (true) {
            Optional<byte[]> message = nextOrClosed();
            if (message.isEmpty()) {
                out.write(BmpEncoder.encode(new BmpMessage.Termination("The speaker stops.",
                        BmpMessage.TerminationReason.ADMINISTRATIVELY_CLOSED)));
                return;
            }
            out.write(message.get());
            synchronized (lock) {
                messages++;
            }
        }
    }

    private Optional<byte[]> nextOrClosed() throws IOException {
        try {
            return next();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** Waits; empty: closed. */
    private Optional<byte[]> next() throws IOException, InterruptedException {
        while (true) {
            Optional<Table> question = Optional.empty();
            synchronized (lock) {
                if (overflown) {
                    throw new IOException("overflow");
                }
                if (closed) {
                    return Optional.empty();
                }
                if (!asked && octets < SHORT_QUEUE && !toDump.isEmpty()) {
                    asked = true;
                    question = Optional.of(toDump.remove());
                } else if (!queue.isEmpty()) {
                    byte[] message = queue.remove();
                    octets -= message.length;
                    return Optional.of(message);
                } else {
                    lock.wait();
                }
            }
            question.ifPresent(this::ask);
        }
    }

    private void ask(Table table) {
        int asking;
        synchronized (lock) {
            asking = connection;
        }
        source.slice(table.peer(), table.view(), table.from(),
                slice -> answered(table, asking, slice));
    }

    private void answered(Table table, int asking, BmpSource.Slice slice) {
        synchronized (lock) {
            if (asking != connection || !connected) {
                return;
            }
            asked = false;
            // It went down since: its routes are of no use, and it would have to be up for them.
            if (peers.all().containsKey(table.peer())) {
                for (Octets update : slice.updates()) {
                    offer(BmpEncoder.encode(new BmpMessage.RouteMonitoring(table.peer(),
                            clock.instant(), table.view(), update)));
                }
                slice.next().ifPresent(next -> toDump
                        .addFirst(new Table(table.peer(), table.view(), next)));
            }
            lock.notifyAll();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A socket did not close.", e);
        }
    }

    FeedView view() {
        synchronized (lock) {
            return new FeedView(connected, messages, connection, overflows, lastError);
        }
    }

    void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        try {
            if (thread.isAlive() && !thread.join(PATIENCE)) {
                synchronized (lock) {
                    socket.ifPresent(Feed::closeQuietly);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
