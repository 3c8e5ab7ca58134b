package io.siteswap.bgp.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of dumps: {@code KIND.20261121.164500.mrt}, in UTC. Other files in it are left alone.
 *
 * @param keep so many of a kind
 */
record MrtFiles(Path folder, int keep) {

    private static final DateTimeFormatter TIME = DateTimeFormatter
            .ofPattern("yyyyMMdd.HHmmss").withZone(ZoneOffset.UTC);

    /** @throws IOException with one sentence for the operator */
    static MrtFiles open(Path folder, int keep) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException("Cannot create the folder for MRT files: " + e.getMessage()
                    + ". Create it or set another one.", e);
        }
        if (!Files.isWritable(folder)) {
            throw new IOException("Cannot write MRT files to " + folder
                    + ": give the speaker's user the right to, or set another folder.");
        }
        return new MrtFiles(folder, keep);
    }

    Path named(String kind, Instant at) {
        return folder.resolve(kind + "." + TIME.format(at) + ".mrt");
    }

    /** Of a kind, the oldest first. */
    List<Path> all(String kind) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName())
                    .matches(kind + "\\.[0-9]{8}\\.[0-9]{6}\\.mrt")).sorted().toList();
        }
    }

    /** Deletes the oldest ones. */
    void prune(String kind) throws IOException {
        List<Path> all = all(kind);
        for (Path file : all.subList(0, Math.max(0, all.size() - keep))) {
            Files.deleteIfExists(file);
        }
    }
}
