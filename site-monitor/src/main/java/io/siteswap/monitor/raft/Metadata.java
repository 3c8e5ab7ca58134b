package io.siteswap.monitor.raft;

import io.siteswap.monitor.log.DurableFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Term and vote of this member (Raft, section 5.1, "persistent state on all servers"), as Ratis keeps
 * them in {@code current/raft-meta}. On a disk that is full Ratis leaves that file empty, and then
 * never starts again; so a copy is kept beside it.
 */
final class Metadata {

    private static final Logger LOG = LoggerFactory.getLogger(Metadata.class);
    private static final String TERM = "term";
    private static final String VOTED_FOR = "votedFor";
    /**
     * Terms that are skipped after a loss. The copy can be a vote or two behind; in a term so far
     * ahead this member has surely not voted yet, and a newer term harms nobody.
     */
    private static final long SKIPPED = 1000;

    private final Path file;
    private final Path copy;
    private FileTime copied = FileTime.fromMillis(0);

    /** @param current the group's folder of that name */
    Metadata(Path current) {
        this.file = current.resolve("raft-meta");
        this.copy = current.resolve("raft-meta.siteswap");
    }

    /** Copies it if it has changed; cheap enough to be called all the time. */
    void keepCopy() {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            if (changed.equals(copied)) {
                return;
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (term(text).isPresent()) {
                DurableFile.replace(copy, text.getBytes(StandardCharsets.ISO_8859_1));
                copied = changed;
            }
        } catch (IOException e) {
            // Not there yet, or no room for it: the copy from before stays.
            LOG.trace("no copy of {}", file, e);
        }
    }

    /**
     * Puts back what was lost, in a term in which this member cannot have voted.
     *
     * @throws IOException when the disk does not take it
     */
    void repair() throws IOException {
        if (!Files.exists(file)
                || term(Files.readString(file, StandardCharsets.ISO_8859_1)).isPresent()) {
            return;
        }
        OptionalLong known = Files.exists(copy)
                ? term(Files.readString(copy, StandardCharsets.ISO_8859_1))
                : OptionalLong.empty();
        if (known.isEmpty()) {
            return;
        }
        long term = known.getAsLong() + SKIPPED;
        DurableFile.replace(file, (TERM + "=" + term + "\n" + VOTED_FOR + "=\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        LOG.warn("{} was empty, as after a full disk: goes on in term {}", file, term);
    }

    private static OptionalLong term(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return Optional.ofNullable(properties.getProperty(TERM))
                .filter(it -> it.matches("[0-9]{1,18}"))
                .filter(_ -> properties.getProperty(VOTED_FOR) != null)
                .map(it -> OptionalLong.of(Long.parseLong(it))).orElse(OptionalLong.empty());
    }
}
