package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siteswap.bgp.speaker.Stance;
import io.siteswap.bgp.wire.Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StanceStoreTest {

    private static final Prefix SHOP = Prefix.parse("203.0.113.0/24");

    @TempDir
    Path dir;

    private Path file;

    @BeforeEach
    void name() {
        file = dir.resolve("stances.json");
    }

    private static StanceBook book(String rung, long epoch) {
        return new StanceBook(
                Map.of(SHOP, new StanceBook.Entry("shop", new Stance(rung, epoch), true)),
                Map.of("shop", epoch));
    }

    private StanceBook loaded() {
        return assertInstanceOf(StanceStore.Loaded.Book.class, new StanceStore(file).load())
                .book();
    }

    @Test
    void theNewestIsReadAndTheFileStaysOneFileOfTwoLines() throws Exception {
        StanceStore store = new StanceStore(file);
        assertInstanceOf(StanceStore.Loaded.Nothing.class, store.load());
        for (int epoch = 1; epoch <= 5; epoch++) {
            store.save(book(epoch % 2 == 0 ? "best" : "backup", epoch));
            assertEquals(book(epoch % 2 == 0 ? "best" : "backup", epoch), loaded());
            assertEquals(2, Files.readAllLines(file).size());
            assertEquals(0, Files.size(file) % 8192);
        }
        StanceStore next = new StanceStore(file);
        next.load();
        next.save(book("drain", 6));
        assertEquals(book("drain", 6), loaded());
    }

    /** Every way in which a power cut can leave the line that was being written. */
    @Test
    void aTornWriteLeavesTheStateBeforeIt() throws Exception {
        StanceStore store = new StanceStore(file);
        store.save(book("normal", 1));
        store.save(book("backup", 2));
        byte[] before = Files.readAllBytes(file);
        store.save(book("best", 3));
        byte[] after = Files.readAllBytes(file);
        int first = Arrays.mismatch(before, after);
        int end = after.length;
        while (before[end - 1] == after[end - 1]) {
            end--;
        }
        for (int written = first + 1; written < end; written++) {
            byte[] torn = before.clone();
            System.arraycopy(after, first, torn, first, written - first);
            Files.write(file, torn);
            assertEquals(book("backup", 2), loaded(), "torn after octet " + written);
        }
    }

    @Test
    void whatGrowsOutOfItsLineGetsLongerOnes() throws Exception {
        StanceStore store = new StanceStore(file);
        store.save(book("normal", 1));
        Map<Prefix, StanceBook.Entry> many = new LinkedHashMap<>();
        for (int i = 0; i < 250; i++) {
            many.put(Prefix.parse("198.18." + i + ".0/24"),
                    new StanceBook.Entry("shop", new Stance("best", 2), true));
        }
        StanceBook large = new StanceBook(many, Map.of("shop", 2L));
        store.save(large);
        assertEquals(large, loaded());
        store.save(book("normal", 3));
        assertEquals(book("normal", 3), loaded());
    }

    @Test
    void aFileThatWasTakenAwayOrChangedIsWrittenAnew() throws Exception {
        StanceStore store = new StanceStore(file);
        store.save(book("normal", 1));
        Files.delete(file);
        store.save(book("backup", 2));
        assertEquals(book("backup", 2), loaded());
        Files.writeString(file, "scribble");
        assertInstanceOf(StanceStore.Loaded.Unreadable.class, new StanceStore(file).load());
        store.save(book("best", 3));
        assertEquals(book("best", 3), loaded());
    }

    @Test
    void aFailedWriteIsNotTheLastWord() throws Exception {
        StanceStore store = new StanceStore(file);
        store.save(book("normal", 1));
        Files.delete(file);
        Path blocker = Files.createDirectory(dir.resolve("stances.json.next"));
        assertThrows(IOException.class, () -> store.save(book("backup", 2)));
        assertFalse(Files.exists(file));
        Files.delete(blocker);
        store.save(book("best", 3));
        assertEquals(book("best", 3), loaded());
    }

    /** One JSON object: how version 1 of the file was. */
    @Test
    void theFormerFormatIsReadAndReplaced() throws Exception {
        Files.writeString(file, "{\"version\":1,\"epochs\":{\"shop\":7},\"stances\":[{\"prefix\":"
                + "\"203.0.113.0/24\",\"service\":\"shop\",\"rung\":\"backup\",\"epoch\":7}]}");
        StanceStore store = new StanceStore(file);
        assertEquals(book("backup", 7), assertInstanceOf(StanceStore.Loaded.Book.class,
                store.load()).book());
        store.save(book("best", 8));
        assertEquals(book("best", 8), loaded());
        assertEquals(2, Files.readAllLines(file).size());
    }

    @Test
    void twoSpoiledLinesSayWhatFollows() throws Exception {
        new StanceStore(file).save(book("normal", 1));
        byte[] content = Files.readAllBytes(file);
        content[20] ^= 1;
        content[content.length / 2 + 20] ^= 1;
        Files.write(file, content);
        assertEquals("The saved stances in " + file + " cannot be read, so every prefix starts on"
                + " its initial rung; the next stance writes the file anew.",
                assertInstanceOf(StanceStore.Loaded.Unreadable.class, new StanceStore(file).load())
                        .reason());
    }
}
