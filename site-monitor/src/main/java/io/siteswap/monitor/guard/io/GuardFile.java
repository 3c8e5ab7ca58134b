package io.siteswap.monitor.guard.io;

import io.siteswap.monitor.guard.Hold;
import io.siteswap.monitor.guard.SavedHolds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;

/** The guard's file, {@code guard.state}, and the lock that makes it the only guard of its node. */
final class GuardFile implements AutoCloseable {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path file;
    private final Path next;
    private final String boot;
    private final FileChannel lock;

    private GuardFile(Path folder, String boot, FileChannel lock) {
        this.file = folder.resolve("guard.state");
        this.next = folder.resolve("guard.state.next");
        this.boot = boot;
        this.lock = lock;
    }

    /** @throws IOException with one sentence: another guard runs, the folder cannot be written */
    static GuardFile open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel = FileChannel.open(folder.resolve("guard.lock"),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new GuardFile(folder, Files.readString(BOOT_ID).strip(), channel);
            }
        } catch (OverlappingFileLockException e) {
            // Another one of this very process.
        }
        channel.close();
        throw new IOException("another guard works in " + folder);
    }

    /** What the last guard left; nothing where there never was one. */
    Map<String, Hold> read(Collection<String> services, long now, long lease)
            throws IOException {
        return Files.exists(file)
                ? SavedHolds.read(Files.readString(file, StandardCharsets.ISO_8859_1), boot,
                        services, now, lease)
                : Map.of();
    }

    /** Replaces the file: a reader, and a power loss, find the old one or the new one. */
    void write(Map<String, Hold> holds, boolean durable) throws IOException {
        try (FileChannel out = FileChannel.open(next, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer text = ByteBuffer.wrap(
                    SavedHolds.write(boot, holds).getBytes(StandardCharsets.ISO_8859_1));
            while (text.hasRemaining()) {
                out.write(text);
            }
            if (durable) {
                out.force(true);
            }
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        if (durable) {
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
                folder.force(true);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
