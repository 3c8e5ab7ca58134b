package io.siteswap.monitor.probe;

import io.siteswap.monitor.config.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends back whatever the heartbeats of other nodes send. */
public final class EchoResponder implements AutoCloseable {

    /** Far more than a cluster has nodes; a stranger cannot take more of our memory than this. */
    private static final int MAX_CONNECTIONS = 64;
    /** A heartbeat connection lives for hours on this; a stranger cannot use us for traffic. */
    private static final long MAX_BYTES = 1L << 20;
    /** A silent connection is one whose other end has gone. */
    private static final int IDLE_MILLIS = 60_000;
    private static final int BUFFER_BYTES = 64;
    private static final long ACCEPT_PAUSE_NANOS = 20_000_000;

    private final ServerSocket server;
    /** Threads are kept for a while: whoever only looks whether we accept comes ten times a second. */
    private final ExecutorService room = new ThreadPoolExecutor(0, MAX_CONNECTIONS, IDLE_MILLIS,
            TimeUnit.MILLISECONDS, new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("echo").factory());

    private EchoResponder(ServerSocket server) {
        this.server = server;
    }

    /**
     * Listens on {@code host:port}.
     *
     * @throws IOException with one sentence when the address cannot be used
     */
    public static EchoResponder start(String listen) throws IOException {
        HostPort at = HostPort.parse(listen);
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByName(at.host()),
                    at.port()));
        } catch (IOException e) {
            server.close();
            throw new IOException("Cannot answer heartbeats on " + listen + " (" + e.getMessage()
                    + "): stop what uses that address or change heartbeat-listen.", e);
        }
        EchoResponder responder = new EchoResponder(server);
        Thread.ofPlatform().daemon().name("echo " + listen).start(responder::accept);
        return responder;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                try {
                    room.execute(() -> serve(client));
                } catch (RejectedExecutionException e) {
                    client.close();
                }
            } catch (IOException e) {
                // Closed, or out of file descriptors: then it must not become a busy loop.
                LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            client.setSoTimeout(IDLE_MILLIS);
            InputStream in = client.getInputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            long total = 0;
            int n;
            while (total < MAX_BYTES && !server.isClosed() && (n = in.read(buffer)) > 0) {
                client.getOutputStream().write(buffer, 0, n);
                total += n;
            }
        } catch (IOException e) {
            // The other end went away; it will come again.
        }
    }

    /** Stops answering; connections that are open get no further echo. */
    @Override
    public void close() throws IOException {
        server.close();
        room.shutdown();
    }
}
