package io.siteswap.bgp.app;

import io.siteswap.bgp.speaker.Stance;
import io.siteswap.bgp.wire.Prefix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * The accepted stances on disk. After {@link #save} returns they survive a power cut: a new file
 * is written, forced to disk, renamed over the old one, and the folder is forced too.
 */
final class StanceStore {

    private static final int VERSION = 1;

    private final Path file;

    /** The file's content. */
    private record Saved(int version, Map<String, Long> epochs, List<SavedStance> stances) {
    }

    private record SavedStance(String prefix, String service, String rung, long epoch) {
    }

    /** What was found. */
    sealed interface Loaded {

        record Book(StanceBook book) implements Loaded {
        }

        /** First start. */
        record Nothing() implements Loaded {
        }

        /** @param reason one sentence for the operator */
        record Unreadable(String reason) implements Loaded {
        }
    }

    StanceStore(Path file) {
        this.file = file;
    }

    Loaded load() {
        if (!Files.exists(file)) {
            return new Loaded.Nothing();
        }
        try {
            return new Loaded.Book(book(Json.MAPPER.readValue(Files.readString(file),
                    Saved.class)));
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            return new Loaded.Unreadable("The saved stances in " + file
                    + " cannot be read, so every prefix starts on its initial rung; the next"
                    + " stance writes the file anew.");
        }
    }

    private static StanceBook book(Saved saved) {
        if (saved.version != VERSION || saved.epochs == null || saved.stances == null) {
            throw new IllegalArgumentException("not a file of stances");
        }
        Map<Prefix, StanceBook.Entry> stances = new LinkedHashMap<>();
        for (SavedStance s : saved.stances) {
            if (s.prefix == null || s.service == null || s.rung == null) {
                throw new IllegalArgumentException("a stance without prefix, service or rung");
            }
            stances.put(Prefix.parse(s.prefix),
                    new StanceBook.Entry(s.service, new Stance(s.rung, s.epoch), true));
        }
        return new StanceBook(stances, saved.epochs);
    }

    void save(StanceBook book) throws IOException {
        List<SavedStance> stances = book.stances().entrySet().stream()
                .filter(e -> e.getValue().asked())
                .map(e -> new SavedStance(e.getKey().toString(), e.getValue().service(),
                        e.getValue().stance().rung(), e.getValue().stance().epoch()))
                .toList();
        byte[] json = Json.MAPPER
                .writeValueAsBytes(new Saved(VERSION, book.epochs(), stances));
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel out = FileChannel.open(next, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(json);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
            folder.force(true);
        }
    }
}
