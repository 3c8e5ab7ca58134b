package io.siteswap.monitor.probe;

import io.siteswap.monitor.config.HostPort;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends a number to another node's {@link EchoResponder} and expects it back, over a connection that
 * is kept while it works. After a timeout the connection is dropped: TCP would repeat what was lost
 * only after a growing pause, long after a cut has healed.
 */
final class HeartbeatProbe implements Probe {

    private final String node;
    private final String site;
    private final String path;
    private final HostPort to;
    private final AtomicLong nonce = new AtomicLong(System.nanoTime());
    private volatile @Nullable Socket kept;

    HeartbeatProbe(String node, String site, String path, HostPort to) {
        this.node = node;
        this.site = site;
        this.path = path;
        this.to = to;
    }

    @Override
    public Observation look() throws IOException {
        Socket socket = kept;
        if (socket != null) {
            try {
                return echo(socket);
            } catch (IOException e) {
                reset();
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                // The other node restarted or limits a connection's life: a new one decides.
            }
        }
        return echo(connect());
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        kept = socket;
        socket.setTcpNoDelay(true);
        try {
            socket.connect(to.resolve());
        } catch (IOException e) {
            throw new IOException("no connection to " + to + ": " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new IOException("no connection to " + to, e);
        }
        return socket;
    }

    private Observation echo(Socket socket) throws IOException {
        long sent = nonce.incrementAndGet();
        byte[] out = new byte[Long.BYTES];
        java.nio.ByteBuffer.wrap(out).putLong(sent);
        socket.getOutputStream().write(out);
        long back = new DataInputStream(socket.getInputStream()).readLong();
        if (back != sent) {
            throw new IOException(to + " sent back another number than it was sent");
        }
        return new Observation.Heartbeat(node, site, path, true, "echo from " + to);
    }

    @Override
    public Observation bad(String detail) {
        return new Observation.Heartbeat(node, site, path, false, detail);
    }

    @Override
    public void reset() {
        Socket socket = kept;
        kept = null;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // Nothing depends on how a connection that is given up ends.
            }
        }
    }
}
