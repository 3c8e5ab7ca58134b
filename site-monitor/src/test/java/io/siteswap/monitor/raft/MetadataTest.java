package io.siteswap.monitor.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataTest {

    @TempDir
    Path folder = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void find() {
        file = folder.resolve("raft-meta");
    }

    @Test
    void whatAFullDiskEmptiedIsPutBackInATermWithoutAVote() throws IOException {
        Files.writeString(file, "#Fri\nterm=7\nvotedFor=dc1\n");
        Metadata metadata = new Metadata(folder);
        metadata.keepCopy();
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        metadata.keepCopy();
        new Metadata(folder).repair();
        assertEquals("term=1007\nvotedFor=\n", Files.readString(file));
    }

    @Test
    void whatIsWholeStaysAsItIs() throws IOException {
        Files.writeString(file, "term=7\nvotedFor=dc1\n");
        Metadata metadata = new Metadata(folder);
        metadata.keepCopy();
        Files.writeString(file, "term=9\nvotedFor=\n");
        metadata.repair();
        assertEquals("term=9\nvotedFor=\n", Files.readString(file));
    }

    /** Nobody can tell how this member has voted: it stays refused. */
    @Test
    void withoutACopyNothingIsMadeUp() throws IOException {
        new Metadata(folder).repair();
        assertFalse(Files.exists(file));
        Files.writeString(file, "");
        new Metadata(folder).repair();
        assertEquals("", Files.readString(file));
    }
}
