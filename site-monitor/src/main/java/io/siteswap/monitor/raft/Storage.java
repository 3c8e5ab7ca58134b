package io.siteswap.monitor.raft;

import io.siteswap.monitor.config.HostPort;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.util.SizeInBytes;

/** The log's folder: is it usable, is there a log already, and what went wrong when not. */
final class Storage {

    private Storage() {
    }

    /**
     * Makes the folder and proves that it can be written.
     *
     * @return there is no log of this group yet
     * @throws IOException with one sentence
     */
    static boolean prepare(Path folder, RaftGroupId group) throws IOException {
        try {
            Files.createDirectories(folder);
            proveWritable(folder);
        } catch (AccessDeniedException e) {
            throw new Unusable("no permission to write to " + e.getFile()
                    + "; run as a user who may, or set 'data-dir' elsewhere");
        } catch (IOException e) {
            throw new Unusable("cannot write to " + folder + " (" + e.getMessage()
                    + "); free some space or set 'data-dir' elsewhere");
        }
        long least = SizeInBytes.valueOf(RatisProperties.FREE_SPACE).getSize();
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < least) {
            throw new Unusable("only " + free / 1_000_000 + " MB are free for " + folder
                    + "; at least " + least / 1_000_000 + " MB are needed");
        }
        return foreign(folder, group);
    }

    /** Ratis ends the whole process when its address is taken, so that is tried before. */
    static void proveFree(String listen) throws IOException {
        var address = HostPort.parse(listen).resolve();
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (SocketException e) {
            String why = address.isUnresolved() ? "its name has no address" : lower(e);
            throw new Unusable("cannot listen on " + listen + " for the log: " + why
                    + "; is another monitor running, or is 'raft-listen' wrong?", e);
        }
    }

    /** Less room than this and the next segment or snapshot cannot be written. */
    private static final long NEARLY_FULL = 2_000_000;

    /** Why the log cannot go on for want of space; empty while it can. */
    static Optional<String> full(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() >= NEARLY_FULL
                    ? Optional.empty()
                    : Optional.of("the disk under " + folder + " is full, so that nothing can be"
                            + " committed here; free some space and start this monitor again");
        } catch (IOException e) {
            return Optional.of("the folder " + folder + " cannot be read any more; check its"
                    + " disk and start this monitor again");
        }
    }

    private static void proveWritable(Path folder) throws IOException {
        Path probe = folder.resolve(".probe");
        try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(64 * 1024);
            while (block.hasRemaining()) {
                if (channel.write(block) <= 0) {
                    throw new IOException("No space left on device");
                }
            }
            channel.force(true);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static boolean foreign(Path folder, RaftGroupId group) throws IOException {
        String own = group.getUuid().toString();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                if (!own.equals(String.valueOf(entry.getFileName()))) {
                    throw new Unusable(folder + " holds the log of another cluster;"
                            + " set 'data-dir' elsewhere or move " + entry + " away");
                }
                return false;
            }
        }
        return true;
    }

    /** Already one sentence for the operator. */
    static final class Unusable extends IOException {
        Unusable(String message) {
            super(message);
        }

        Unusable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Whatever stopped the log from opening, as one sentence. */
    static Unusable sentence(RaftSettings settings, Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            switch (t) {
                case Unusable known -> {
                    return known;
                }
                case OverlappingFileLockException _ -> {
                    return locked(settings, t);
                }
                default -> {
                    if (String.valueOf(t.getMessage()).contains("in_use.lock")) {
                        return locked(settings, t);
                    }
                }
            }
        }
        return new Unusable("the log in " + settings.folder() + " cannot be opened ("
                + root(failure) + "); when it is damaged, " + remedy(settings), failure);
    }

    private static String remedy(RaftSettings settings) {
        return settings.members().size() > 1
                ? "move the folder away and start with 'siteswap run --join': the node gets"
                        + " everything back from the other members"
                : "restore the folder from a backup: this node is the only one, so that nobody"
                        + " else has a copy";
    }

    private static Unusable locked(RaftSettings settings, Throwable cause) {
        return new Unusable("the log in " + settings.folder()
                + " is in use by another process; is this monitor already running?", cause);
    }

    private static String lower(Throwable t) {
        return String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static String root(Throwable failure) {
        Throwable t = failure;
        while (t.getCause() != null) {
            t = t.getCause();
        }
        String message = String.valueOf(t.getMessage()).lines().findFirst().orElse("");
        return message.isBlank() ? t.getClass().getSimpleName() : message;
    }
}
