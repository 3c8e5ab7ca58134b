package io.siteswap.bgp.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JSON lines over a Unix socket that only its owner may open; see docs/bgp-local-api.md. */
final class LocalApi implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalApi.class);

    /** A monitor, a few people and their scripts; more is a leak somewhere. */
    private static final int MAX_CONNECTIONS = 64;
    /** A watcher that is further behind is cut off rather than kept in memory. */
    private static final int MAX_BACKLOG = 10_000;

    private final Path path;
    private final ServerSocketChannel server;
    private final SpeakerDaemon daemon;
    private final Semaphore room = new Semaphore(MAX_CONNECTIONS);
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    private LocalApi(Path path, ServerSocketChannel server, SpeakerDaemon daemon) {
        this.path = path;
        this.server = server;
        this.daemon = daemon;
    }

    /**
     * Takes the place of a socket that a crashed run left behind.
     *
     * @throws IOException with one sentence: it cannot be made
     */
    static LocalApi start(Path path, SpeakerDaemon daemon) throws IOException {
        try {
            LocalApi api = new LocalApi(path, bind(path), daemon);
            Thread.ofVirtual().name("bgp-api").start(api::acceptAll);
            Thread.ofVirtual().start(api::rehearse);
            return api;
        } catch (IOException e) {
            throw new IOException("Cannot open the speaker's socket " + path + ": "
                    + e.getMessage() + ". Set another path (at most about 90 characters).", e);
        }
    }

    /**
     * One speaker per socket.
     *
     * @throws IOException with one sentence: another speaker uses it
     */
    static void refuseIfAlive(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new IOException("Another speaker answers on " + path
                    + ": stop it first, or set another socket path.");
        } catch (SocketException e) {
            LOG.info("Replacing the socket {} that a former run left behind.", path);
        }
    }

    /** In a folder of our own first, so that nobody can connect before the mode is set. */
    private static ServerSocketChannel bind(Path path) throws IOException {
        Path folder = Files.createTempDirectory(path.toAbsolutePath().getParent(), ".s",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path fresh = folder.resolve("s");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(fresh));
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            return server;
        } catch (IOException e) {
            server.close();
            Files.deleteIfExists(fresh);
            throw e;
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    /** Loads the classes of an answer: the first real one may be a failover's. */
    private void rehearse() {
        try {
            write(OutputStream.nullOutputStream(),
                    ApiReply.to(ApiRequest.parse("{\"op\":\"stances\"}"), daemon));
        } catch (IOException | RuntimeException e) {
            // Closed again at once, most likely; a real request would say it better.
            LOG.debug("Rehearsal: {}", e.toString());
        }
    }

    private void acceptAll() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                if (room.tryAcquire()) {
                    connections.add(client);
                    Thread.ofVirtual().name("bgp-api-client").start(() -> serve(client));
                } else {
                    client.close();
                }
            } catch (IOException e) {
                if (server.isOpen()) {
                    LOG.warn("The speaker's socket: {}", e.toString());
                }
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            BufferedReader in = new BufferedReader(new InputStreamReader(
                    Channels.newInputStream(client), StandardCharsets.UTF_8));
            OutputStream out = Channels.newOutputStream(client);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                ApiRequest request = ApiRequest.parse(line);
                if (request instanceof ApiRequest.Watch) {
                    watch(client, in, out);
                    return;
                }
                write(out, ApiReply.to(request, daemon));
            }
        } catch (IOException e) {
            LOG.debug("A client of the speaker's socket is gone: {}", e.toString());
        } finally {
            connections.remove(client);
            room.release();
        }
    }

    private void watch(SocketChannel client, BufferedReader in, OutputStream out)
            throws IOException {
        BlockingQueue<SpeakerEvent> queue = new ArrayBlockingQueue<>(MAX_BACKLOG);
        AutoCloseable subscription = daemon.listen(event -> {
            if (!queue.offer(event)) {
                closeQuietly(client);
            }
        });
        Thread writer = Thread.currentThread();
        Thread.ofVirtual().start(() -> interruptAtEnd(in, writer));
        try {
            write(out, ApiReply.watching());
            while (true) {
                write(out, ApiReply.event(queue.take()));
            }
        } catch (InterruptedException e) {
            LOG.debug("A watcher left.");
        } finally {
            close(subscription);
        }
    }

    /** A watcher that hangs up is noticed even when nothing happens. */
    private static void interruptAtEnd(BufferedReader in, Thread writer) {
        try {
            while (in.readLine() != null) {
                // nothing more is expected from a watcher
            }
        } catch (IOException e) {
            LOG.debug("A watcher is gone: {}", e.toString());
        } finally {
            writer.interrupt();
        }
    }

    private static void write(OutputStream out, Object json) throws IOException {
        byte[] line = Json.MAPPER.writeValueAsBytes(json);
        byte[] whole = Arrays.copyOf(line, line.length + 1);
        whole[line.length] = '\n';
        out.write(whole);
    }

    private static void close(AutoCloseable resource) throws IOException {
        try {
            resource.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing a client: {}", e.toString());
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("Closing the speaker's socket {}: {}", path, e.toString());
        }
        connections.forEach(LocalApi::closeQuietly);
    }
}
