package io.siteswap.monitor.guard.io;

import io.siteswap.monitor.config.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * Answers HAProxy's {@code agent-check}: a connection, at most a line with the name of a service, a
 * line back, the end. Anybody may ask; nothing that is asked changes anything.
 */
final class AgentCheck implements AutoCloseable {

    /** Connections without an answer yet; balancers have a few each, for a few ms. */
    private static final int MAX_WAITING = 256;
    private static final int BACKLOG = 128;
    /** Longer than any name of a service. */
    private static final int MAX_NAME = 128;
    /** The only service needs no name, and who does not send one waits so long. */
    private static final Duration UNNAMED = Duration.ofMillis(50);
    /** Without its name no service of several is meant; a balancer's patience must be longer. */
    private static final Duration NAMED = Duration.ofMillis(100);
    private static final long ACCEPT_PAUSE_NANOS = 10_000_000;

    private final ServerSocket server;
    private final List<String> services;
    private final UnaryOperator<String> word;
    private final Deque<Socket> waiting = new ArrayDeque<>();

    private AgentCheck(ServerSocket server, List<String> services, UnaryOperator<String> word) {
        this.server = server;
        this.services = List.copyOf(services);
        this.word = word;
    }

    /**
     * Listens.
     *
     * @param services of this site
     * @param word what is said of one of them, a line without its end
     * @throws IOException with one sentence when the address cannot be used
     */
    static AgentCheck start(HostPort at, List<String> services, UnaryOperator<String> word)
            throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            InetSocketAddress address = at.resolve();
            if (address.isUnresolved()) {
                throw new IOException("its name has no address");
            }
            server.setReuseAddress(true);
            server.bind(address, BACKLOG);
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on " + at + " for load balancers: "
                    + e.getMessage() + "; is another guard running, or is 'agent-check' wrong?",
                    e);
        }
        AgentCheck check = new AgentCheck(server, services, word);
        Thread.ofPlatform().daemon().name("agent-check").start(check::accept);
        return check;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                admit(client);
                Thread.ofVirtual().name("agent-check answers").start(() -> serve(client));
            } catch (IOException e) {
                // Closed, or out of file descriptors: then it must not become a busy loop.
                LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
            }
        }
    }

    /** A crowd that says nothing loses its oldest member to a newcomer, who may be a balancer. */
    private void admit(Socket client) {
        Socket oldest = null;
        synchronized (waiting) {
            waiting.addLast(client);
            if (waiting.size() > MAX_WAITING) {
                oldest = waiting.removeFirst();
            }
        }
        if (oldest != null) {
            close(oldest);
        }
    }

    private static void close(Socket oldest) {
        try {
            oldest.close();
        } catch (IOException e) {
            // It is gone all the same; the newcomer must be answered.
        }
    }

    private void serve(Socket client) {
        try (client) {
            String answer = answer(asked(client)) + "\n";
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
        } catch (IOException e) {
            // Gone is gone: it asks again.
        } finally {
            synchronized (waiting) {
                waiting.remove(client);
            }
        }
    }

    private String answer(String asked) {
        if (services.contains(asked)) {
            return word.apply(asked);
        }
        if (!asked.isEmpty()) {
            return "fail #agent-send names no service of this site";
        }
        return services.size() == 1
                ? word.apply(services.getFirst())
                : "fail #agent-send must name one of the " + services.size() + " services here";
    }

    /** What comes until the end of a line, of the input or of our patience. */
    private String asked(Socket client) throws IOException {
        long end = System.nanoTime() + (services.size() == 1 ? UNNAMED : NAMED).toNanos();
        InputStream in = client.getInputStream();
        StringBuilder name = new StringBuilder();
        try {
            while (name.length() < MAX_NAME) {
                int left = Math.toIntExact((end - System.nanoTime()) / 1_000_000);
                if (left <= 0) {
                    break;
                }
                client.setSoTimeout(left);
                int next = in.read();
                if (next < 0 || next == '\n' || next == '\r') {
                    break;
                }
                name.append((char) next);
            }
        } catch (SocketTimeoutException e) {
            // It says no more.
        }
        return name.toString().strip();
    }

    /** Stops answering. */
    @Override
    public void close() throws IOException {
        server.close();
    }
}
