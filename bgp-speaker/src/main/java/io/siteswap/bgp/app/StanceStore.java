package io.siteswap.bgp.app;

import io.siteswap.bgp.speaker.Stance;
import io.siteswap.bgp.wire.Prefix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;

/**
 * The accepted stances on disk. After {@link #save} returns they survive a power cut.
 *
 * <p>The file has two lines of equal length, padded with spaces: {@code crc32c {json}}, the checksum
 * in hexadecimal digits over the JSON text. They are written in turns, in place, so that a change
 * costs one flush of the disk's cache and no new metadata; a write that a power cut tears spoils
 * one line, and the other is the state before it. The line with the higher sequence number counts.
 * Not thread-safe.
 */
final class StanceStore {

    private static final int VERSION = 2;
    /** Written when the file was one JSON object. */
    private static final int OBJECT_VERSION = 1;
    /** A line's length is a multiple of it, so that no two lines share a block of the disk. */
    private static final int BLOCK = 4096;
    private static final int CHECKSUM_DIGITS = 8;

    private final Path file;
    private long sequence;
    /** Octets of a line of the file; 0: there is no file that could be written in place. */
    private int slot;

    /** A line's content. */
    private record Saved(int version, long sequence, Map<String, Long> epochs,
            List<SavedStance> stances) {
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
            byte[] content = Files.readAllBytes(file);
            Saved saved = newest(content).orElseThrow(
                    () -> new IllegalArgumentException("no whole line"));
            StanceBook book = book(saved);
            sequence = saved.sequence;
            slot = saved.version == VERSION ? content.length / 2 : 0;
            return new Loaded.Book(book);
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            return new Loaded.Unreadable("The saved stances in " + file
                    + " cannot be read, so every prefix starts on its initial rung; the next"
                    + " stance writes the file anew.");
        }
    }

    private static Optional<Saved> newest(byte[] content) {
        if (content.length > 0 && content[0] == '{') {
            return Optional.of(Json.MAPPER.readValue(content, Saved.class));
        }
        int half = content.length / 2;
        return Stream.of(Arrays.copyOfRange(content, 0, half),
                Arrays.copyOfRange(content, half, content.length)).map(StanceStore::line)
                .flatMap(Optional::stream).max(Comparator.comparingLong(Saved::sequence));
    }

    /** Empty: torn, or never written. */
    private static Optional<Saved> line(byte[] padded) {
        String line = new String(padded, StandardCharsets.UTF_8).stripTrailing();
        if (line.length() <= CHECKSUM_DIGITS) {
            return Optional.empty();
        }
        byte[] json = line.substring(CHECKSUM_DIGITS + 1).getBytes(StandardCharsets.UTF_8);
        return line.startsWith(checksum(json))
                ? Optional.of(Json.MAPPER.readValue(json, Saved.class))
                : Optional.empty();
    }

    private static String checksum(byte[] json) {
        CRC32C crc = new CRC32C();
        crc.update(json);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static StanceBook book(Saved saved) {
        if ((saved.version != VERSION && saved.version != OBJECT_VERSION)
                || saved.epochs == null || saved.stances == null) {
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

    /** @throws IOException it is the former state or this one that is on disk, in a whole line */
    void save(StanceBook book) throws IOException {
        List<SavedStance> stances = book.stances().entrySet().stream()
                .filter(e -> e.getValue().asked())
                .map(e -> new SavedStance(e.getKey().toString(), e.getValue().service(),
                        e.getValue().stance().rung(), e.getValue().stance().epoch()))
                .toList();
        long number = sequence + 1;
        byte[] json = Json.MAPPER.writeValueAsBytes(
                new Saved(VERSION, number, book.epochs(), stances));
        int length = CHECKSUM_DIGITS + 1 + json.length + 1;
        int known = slot;
        // Until this has worked: after a failure in place the next save begins a new file.
        slot = 0;
        if (length <= known && overwritten(line(json, known), number % 2)) {
            slot = known;
        } else {
            slot = create(json, Math.ceilDiv(2 * length, BLOCK) * BLOCK);
        }
        sequence = number;
    }

    private static byte[] line(byte[] json, int slot) {
        byte[] line = new byte[slot];
        Arrays.fill(line, (byte) ' ');
        byte[] checksum = checksum(json).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, line, 0, checksum.length);
        System.arraycopy(json, 0, line, CHECKSUM_DIGITS + 1, json.length);
        line[slot - 1] = '\n';
        return line;
    }

    /** Over the older of the two lines; false when somebody has taken or changed the file. */
    private boolean overwritten(byte[] line, long place) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (out.size() != 2L * line.length) {
                return false;
            }
            write(out, line, place * line.length);
            out.force(false);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Beside the old one, then renamed over it, then the folder is forced too. */
    private int create(byte[] json, int size) throws IOException {
        byte[] line = line(json, size);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel out = FileChannel.open(next, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            write(out, line, 0);
            write(out, line, size);
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
            folder.force(true);
        }
        return size;
    }

    private static void write(FileChannel out, byte[] bytes, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long at = position;
        while (buffer.hasRemaining()) {
            at += out.write(buffer, at);
        }
    }
}
