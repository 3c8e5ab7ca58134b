package io.siteswap.bgp.app;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.siteswap.bgp.net.Transport;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JSON lines over a Unix socket that only its owner may open; see docs/bgp-local-api.md. */
final class LocalApi implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalApi.class);

    /** A monitor, a few people and their scripts; more is a leak somewhere. */
    private static final int MAX_CONNECTIONS = 64;

    private final Path path;
    private final Channel server;
    private final ChannelGroup clients;

    private LocalApi(Path path, Channel server, ChannelGroup clients) {
        this.path = path;
        this.server = server;
        this.clients = clients;
    }

    /**
     * Takes the place of a socket that a crashed run left behind.
     *
     * @throws IOException with one sentence: it cannot be made
     */
    static LocalApi start(Path path, SpeakerDaemon daemon, Transport transport)
            throws IOException {
        try {
            ChannelGroup clients = new DefaultChannelGroup(transport.loop());
            return new LocalApi(path,
                    bind(path, transport, client -> accept(client, clients, daemon)), clients);
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
    private static Channel bind(Path path, Transport transport, Consumer<Channel> accepted)
            throws IOException {
        Path folder = Files.createTempDirectory(path.toAbsolutePath().getParent(), ".s",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path fresh = folder.resolve("s");
        ChannelFuture bound = transport.listen(fresh, accepted).awaitUninterruptibly();
        try {
            if (!bound.isSuccess()) {
                throw new IOException(bound.cause().getMessage(), bound.cause());
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            return bound.channel();
        } catch (IOException e) {
            ChannelFuture _ = bound.channel().close().awaitUninterruptibly();
            Files.deleteIfExists(fresh);
            throw e;
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private static void accept(Channel client, ChannelGroup clients, SpeakerDaemon daemon) {
        if (clients.size() < MAX_CONNECTIONS) {
            clients.add(client);
            client.pipeline().addLast(new ApiConnection(client, daemon));
        } else {
            ChannelFuture _ = client.close();
        }
    }

    @Override
    public void close() {
        try {
            server.close().awaitUninterruptibly();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("Closing the speaker's socket {}: {}", path, e.toString());
        }
        ChannelGroupFuture _ = clients.close().awaitUninterruptibly();
    }
}
