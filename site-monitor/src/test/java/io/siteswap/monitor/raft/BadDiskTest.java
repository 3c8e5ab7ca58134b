package io.siteswap.monitor.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.siteswap.monitor.log.Members;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.policy.facts.Fact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk of one member that is full, or that does not give back what was written to it. */
@Timeout(120)
class BadDiskTest {

    private static final String NAME = "dc2";

    @TempDir
    Path folder = Path.of("");
    private Crew crew = new Crew(folder);

    BadDiskTest() throws IOException {
    }

    @BeforeEach
    void begin() throws IOException {
        crew = new Crew(folder, "dc1", NAME, "arb");
    }

    private void propose(String at, int n) throws Exception {
        assertInstanceOf(Reply.Done.class, crew.log(at).propose(report(n)).get(10,
                TimeUnit.SECONDS));
    }

    private static Command.Report report(int n) {
        return new Command.Report("dc1", List.of(new Fact.Site("fact" + n, false)));
    }

    private void has(int n) throws InterruptedException {
        Members.await(NAME + " has report " + n, () -> crew.log(NAME).state().facts()
                .getOrDefault("dc1", List.of()).equals(report(n).facts()));
    }

    /** All three have 20 reports, then this one is stopped. */
    private Path stoppedWithEntries() throws Exception {
        crew.openAll("dc1", NAME, "arb");
        crew.lead("arb");
        for (int i = 1; i <= 20; i++) {
            propose("dc1", i);
        }
        has(20);
        crew.close(NAME);
        return crew.segments(NAME).getLast();
    }

    @Test
    void aFullDiskEndsItsMemberAloneWhichCatchesUpWhenThereIsSpace() throws Exception {
        Path mount = Files.createDirectories(folder.resolve("small"));
        assumeTrue(ran("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", mount.toString()),
                "not permitted to mount a small file system here: not tested");
        try (Crew all = crew) {
            all.folder(NAME, mount.resolve("raft"));
            all.openAll("dc1", NAME, "arb");
            all.lead("arb");
            propose("dc1", 1);
            has(1);
            Path ballast = mount.resolve("ballast");
            fill(ballast);
            Members.await("it says why", () -> all.ear(NAME).failures.stream()
                    .anyMatch(why -> why.contains("is full") && why.contains("free some space")));
            for (int i = 2; i < 50; i++) {
                propose("dc1", i);
            }
            all.close(NAME);
            IOException refused = assertThrows(IOException.class, () -> all.open(NAME));
            assertTrue(String.valueOf(refused.getMessage()).contains("free"),
                    refused.getMessage());
            Files.delete(ballast);
            all.open(NAME);
            has(49);
            all.close("dc1");
            propose(NAME, 50);
        } finally {
            assertTrue(ran("umount", "-l", mount.toString()));
        }
    }

    private static void fill(Path file) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            long most = Files.getFileStore(file).getUsableSpace() - 100_000;
            ByteBuffer block = ByteBuffer.allocate(50_000);
            long written = 0;
            while (written < most) {
                written += out.write(block.rewind());
            }
        }
    }

    private static boolean ran(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }

    @Test
    void anEntryThatWasWrittenInPartIsCutOffAndComesAgain() throws Exception {
        try (Crew all = crew) {
            Path segment = stoppedWithEntries();
            // Half of the next one is there, and then zeros from before.
            byte[] bytes = Files.readAllBytes(segment);
            Files.write(open(segment), Arrays.copyOf(begun(bytes), end(bytes) + 60_000));
            propose("dc1", 21);
            all.open(NAME);
            has(21);
            all.close("dc1");
            propose(NAME, 22);
        }
    }

    @Test
    void aFileThatEndsInTheMiddleOfAnEntryIsCutOffToo() throws Exception {
        try (Crew all = crew) {
            Path segment = stoppedWithEntries();
            byte[] bytes = Files.readAllBytes(segment);
            Files.write(open(segment), begun(bytes));
            all.open(NAME);
            propose("dc1", 21);
            has(21);
        }
    }

    /** What was acknowledged must not be forgotten: that is for a person to decide. */
    @Test
    void aWholeEntryThatDoesNotMatchItsChecksumIsRefused() throws Exception {
        try (Crew all = crew) {
            Path segment = stoppedWithEntries();
            byte[] bytes = Files.readAllBytes(segment);
            int end = end(bytes);
            bytes[end - 10] ^= 0x5a;
            Path open = open(segment);
            Files.write(open, bytes);
            refused();
            assertEquals(bytes.length, Files.size(open), "nothing was cut off");

            bytes[end - 10] ^= 0x5a;
            bytes[end / 3] ^= 0x5a;
            Files.write(open, bytes);
            refused();

            // The first entry seems to be longer than all the file: those behind it are whole.
            bytes[end / 3] ^= 0x5a;
            bytes[TornTail.HEADER + 1] ^= (byte) 0x80;
            Files.write(open, bytes);
            refused();
            assertEquals(bytes.length, Files.size(open), "nothing was cut off");
            // As the sentence says.
            all.wipe(NAME);
            all.openJoining(NAME);
            has(20);
            propose(NAME, 21);
        }
    }

    private void refused() {
        String sentence = String.valueOf(
                assertThrows(IOException.class, () -> crew.open(NAME)).getMessage());
        assertTrue(sentence.contains("move the folder away and start with"), sentence);
        assertTrue(sentence.lines().count() == 1, sentence);
    }

    /** A member that is stopped in peace closes its segment; one that dies does not. */
    private static Path open(Path segment) throws IOException {
        String name = String.valueOf(segment.getFileName());
        String first = name.substring("log_".length()).replaceAll("[^0-9].*", "");
        return name.startsWith("log_inprogress_")
                ? segment
                : Files.move(segment, segment.resolveSibling("log_inprogress_" + first));
    }

    /** Behind the last whole entry, the first half of one of 100 bytes. */
    private static byte[] begun(byte[] bytes) {
        int end = end(bytes);
        byte[] longer = Arrays.copyOf(bytes, end + 50);
        Arrays.fill(longer, end, longer.length, (byte) 100);
        return longer;
    }

    private static int end(byte[] bytes) {
        return TornTail.endOfWhole(ByteBuffer.wrap(bytes).position(TornTail.HEADER));
    }
}
