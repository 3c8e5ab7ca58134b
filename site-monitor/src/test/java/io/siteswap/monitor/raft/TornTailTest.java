package io.siteswap.monitor.raft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which ends of a segment are cut off. {@code BadDiskTest} shows the same on real members. */
class TornTailTest {

    @TempDir
    Path folder = Path.of("");

    /** A header and entries of that many bytes, each beginning with its term. */
    private static byte[] segment(int... lengths) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(new byte[TornTail.HEADER]);
        for (int length : lengths) {
            all.writeBytes(entry(length));
        }
        return all.toByteArray();
    }

    private static byte[] entry(int length) {
        byte[] entry = new byte[2 + length];
        entry[0] = (byte) ((length & 0x7f) | 0x80);
        entry[1] = (byte) (length >> 7);
        Arrays.fill(entry, 2, entry.length, (byte) 5);
        entry[2] = 8;
        CRC32C checksum = new CRC32C();
        checksum.update(entry);
        return ByteBuffer.allocate(entry.length + 4).put(entry)
                .putInt((int) checksum.getValue()).array();
    }

    private static byte[] and(byte[] one, byte... other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private void becomes(byte[] expected, byte[] segment) throws IOException {
        Path file = folder.resolve("log_inprogress_0");
        Files.write(file, segment);
        TornTail.cut(folder);
        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    private void stays(byte[] segment) throws IOException {
        becomes(segment, segment);
    }

    @Test
    void whatIsWholeStaysWithTheZerosBehindIt() throws IOException {
        stays(segment(200, 300));
        stays(and(segment(200, 300), new byte[500]));
        stays(segment());
        stays(new byte[3]);
    }

    @Test
    void anEntryWithoutItsEndIsCutOff() throws IOException {
        byte[] begun = Arrays.copyOf(entry(300), 100);
        becomes(segment(200), and(segment(200), begun));
        becomes(segment(200), and(and(segment(200), begun), new byte[500]));
        becomes(segment(200), and(segment(200), (byte) 0x80));
    }

    @Test
    void aWholeEntryWithAWrongChecksumStays() throws IOException {
        byte[] last = segment(200, 300);
        last[last.length - 10] ^= 1;
        stays(last);
        byte[] middle = segment(200, 300);
        middle[100] ^= 1;
        stays(middle);
    }

    /** It seems to be longer than the file, or to have no length: what is behind it was acknowledged. */
    @Test
    void aDamagedLengthBeforeWholeEntriesIsNoTornTail() throws IOException {
        for (byte damage : new byte[]{(byte) 0x80, (byte) 0xff, 0x7f}) {
            byte[] segment = segment(200, 300, 150);
            segment[TornTail.HEADER + 1] = damage;
            stays(segment);
            stays(and(segment, new byte[500]));
        }
        byte[] gone = segment(200, 300, 150);
        gone[TornTail.HEADER] = 0;
        stays(gone);
    }

    /** Whatever is there, it is looked at without an exception: lengths up to 2^31 - 1 among it. */
    @Test
    void garbageBehindWholeEntriesIsCutOff() throws IOException {
        byte[] huge = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 8, 8, 8, 8, 8};
        becomes(segment(200), and(segment(200), huge));
        byte[] many = new byte[1000];
        Arrays.fill(many, (byte) 0xff);
        becomes(segment(200), and(segment(200), many));
    }
}
