package io.siteswap.lab.wire;

import io.siteswap.lab.LabFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One direction in which a site opens connections to another: whatever connects to {@code entry} is
 * relayed to {@code exit}, same port, from {@code source}. Cutting it gives the silence of a power
 * cut, not the resets of a closed port: open connections stay open and carry nothing, and new ones
 * get no answer, because the listener's backlog is filled and the kernel drops what comes on top.
 */
public final class Wire implements AutoCloseable {
    /** Deep enough for a burst of new connections, shallow enough to be filled quickly. */
    private static final int BACKLOG = 16;
    private static final int CONNECT_MILLIS = 5000;
    /** A backlog of n takes n + 1 connections; some more, in case the relay just accepted one. */
    private static final int FILL = BACKLOG + 8;

    private final String entry;
    private final String exit;
    private final String source;
    private final Gate gate = new Gate();
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final List<SocketChannel> fill = new ArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Wire(String entry, String exit, String source) {
        this.entry = entry;
        this.exit = exit;
        this.source = source;
    }

    /**
     * @param source address from which the far end sees the connections come
     * @throws LabFailure when a port is taken
     */
    public static Wire lay(String entry, String exit, String source, List<Integer> ports) {
        Wire wire = new Wire(entry, exit, source);
        for (int port : ports) {
            wire.listen(port);
        }
        return wire;
    }

    private void listen(int port) {
        try {
            ServerSocket listener = new ServerSocket(port, BACKLOG, InetAddress.getByName(entry));
            listeners.add(listener);
            Thread.ofPlatform().daemon().name("wire " + entry + ":" + port)
                    .start(() -> accept(listener, port));
        } catch (IOException e) {
            close();
            throw new LabFailure("Cannot listen on " + entry + ":" + port + " (" + e.getMessage()
                    + "): stop what uses it or run the demo again", e);
        }
    }

    private void accept(ServerSocket listener, int port) {
        try {
            while (true) {
                // While cut nothing is accepted: the backlog stays full.
                gate.await();
                Socket near = listener.accept();
                open.add(near);
                Thread.startVirtualThread(() -> connect(near, port));
            }
        } catch (IOException closed) {
            gate.open();
        }
    }

    private void connect(Socket near, int port) {
        Socket far = new Socket();
        open.add(far);
        try {
            gate.await();
            far.bind(new InetSocketAddress(source, 0));
            far.connect(new InetSocketAddress(exit, port), CONNECT_MILLIS);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Relay.both(near, far, gate);
        } catch (IOException refused) {
            gate.await();
        } finally {
            Relay.reset(near);
            Relay.reset(far);
            open.remove(near);
            open.remove(far);
        }
    }

    /** Silence from now on. */
    public synchronized void cut() {
        if (gate.close()) {
            listeners.forEach(this::fillBacklog);
        }
    }

    private void fillBacklog(ServerSocket listener) {
        for (int i = 0; i < FILL; i++) {
            try {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(listener.getLocalSocketAddress());
                fill.add(channel);
            } catch (IOException e) {
                throw new LabFailure("Cannot cut the wire at " + entry + ": " + e.getMessage(), e);
            }
        }
    }

    /** Carries again, also what was held. */
    public synchronized void heal() {
        fill.forEach(Wire::closeQuietly);
        fill.clear();
        gate.open();
    }

    /** Breaks every open connection, as a host that starts again does to those of before. */
    public void reset() {
        open.forEach(Relay::reset);
    }

    public boolean isCut() {
        return gate.isClosed();
    }

    @Override
    public void close() {
        listeners.forEach(Wire::closeQuietly);
        heal();
        reset();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception gone) {
            // It is gone, which is what was wanted.
        }
    }
}
