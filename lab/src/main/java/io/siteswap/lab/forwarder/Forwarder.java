package io.siteswap.lab.forwarder;

import io.siteswap.lab.LabFailure;
import io.siteswap.lab.wire.Gate;
import io.siteswap.lab.wire.Relay;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A TCP load balancer of the lab for machines without HAProxy. New connections wait while no server
 * is ready, and a server that refuses is passed over.
 */
public final class Forwarder implements AutoCloseable {
    private static final int BACKLOG = 512;
    private static final Duration HOLD = Duration.ofSeconds(15);
    private static final int CONNECT_MILLIS = 2000;

    private final Backend backend;
    private final RuntimeApi api;
    private final ServerSocket front;
    private final ServerSocketChannel admin;

    private Forwarder(Backend backend, RuntimeApi api, ServerSocket front,
            ServerSocketChannel admin) {
        this.backend = backend;
        this.api = api;
        this.front = front;
        this.admin = admin;
    }

    /**
     * @param socket Unix socket of the runtime API
     * @throws LabFailure when the address or the socket cannot be listened on
     */
    static Forwarder start(InetSocketAddress listen, Path socket, String frontend,
            Backend backend) {
        try {
            ServerSocket front = new ServerSocket(listen.getPort(), BACKLOG, listen.getAddress());
            Files.deleteIfExists(socket);
            ServerSocketChannel admin = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                    .bind(UnixDomainSocketAddress.of(socket));
            Forwarder forwarder = new Forwarder(backend, new RuntimeApi(frontend, backend), front,
                    admin);
            Thread.ofPlatform().name("front").start(forwarder::accept);
            Thread.ofPlatform().name("admin").start(forwarder::serveAdmin);
            return forwarder;
        } catch (IOException e) {
            throw new LabFailure("The forwarder cannot listen on " + listen + " and " + socket
                    + " (" + e.getMessage() + "): stop what uses them", e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = front.accept();
                Thread.startVirtualThread(() -> serve(client));
            }
        } catch (IOException closed) {
            // close() was called.
        }
    }

    private void serve(Socket client) {
        // Both sites send traffic to each other while neither is active: it must not circle.
        Set<String> tried = new HashSet<>(backend.behind(client.getInetAddress()));
        try (client) {
            Optional<Backend.Server> next = backend.take(tried, HOLD);
            while (next.isPresent()) {
                Backend.Server server = next.get();
                tried.add(server.name());
                try {
                    if (relayed(client, server)) {
                        return;
                    }
                } finally {
                    backend.release(server);
                }
                next = backend.take(tried, HOLD);
            }
        } catch (IOException gone) {
            // The client went away.
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false when the server could not be reached and another one may be tried */
    private static boolean relayed(Socket client, Backend.Server server) throws IOException {
        Socket far = new Socket();
        try {
            far.connect(server.address(), CONNECT_MILLIS);
        } catch (IOException unreachable) {
            Relay.reset(far);
            return false;
        }
        client.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        Relay.both(client, far, new Gate());
        Relay.reset(far);
        return true;
    }

    private void serveAdmin() {
        try {
            while (true) {
                SocketChannel caller = admin.accept();
                Thread.startVirtualThread(() -> answer(caller));
            }
        } catch (IOException closed) {
            // close() was called.
        }
    }

    private void answer(SocketChannel caller) {
        try (caller;
                BufferedReader in = new BufferedReader(
                        Channels.newReader(caller, StandardCharsets.UTF_8))) {
            String line = in.readLine();
            if (line != null) {
                String said;
                try {
                    said = api.answer(line.strip());
                } catch (IllegalArgumentException wrong) {
                    said = wrong.getMessage() + "\n";
                }
                // HAProxy ends every answer with an empty line.
                ByteBuffer bytes = ByteBuffer.wrap((said + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    caller.write(bytes);
                }
            }
        } catch (IOException gone) {
            // The caller went away.
        }
    }

    @Override
    public void close() {
        try (front; admin) {
            // Both are closed on leaving.
        } catch (IOException gone) {
            // They are closed already.
        }
    }
}
