package io.siteswap.monitor.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last entry of the open segment, when a power loss has left its beginning only. Ratis takes that
 * for damage, because zeros that were written beforehand follow, and does not start.
 *
 * <p>An entry whose end never reached the disk was never acknowledged: it is cut off. An entry that is
 * there to its end but does not match its checksum may have been acknowledged, and so may one with a
 * whole entry behind it; both stay, and Ratis refuses them.
 *
 * <p>A segment is 8 bytes of header, then for each entry its length as a varint, the entry, and its
 * CRC-32C in 4 bytes; zeros follow.
 */
final class TornTail {

    private static final Logger LOG = LoggerFactory.getLogger(TornTail.class);
    static final int HEADER = 8;
    private static final int CHECKSUM = 4;
    /** Of protocol buffers: field 1, a varint; every entry begins with its term. */
    private static final byte TERM = 0x08;

    private TornTail() {
    }

    /** @param current the group's folder of that name */
    static void cut(Path current) throws IOException {
        if (!Files.isDirectory(current)) {
            return;
        }
        List<Path> open;
        try (Stream<Path> files = Files.list(current)) {
            open = files.filter(
                    file -> String.valueOf(file.getFileName()).startsWith("log_inprogress_"))
                    .toList();
        }
        for (Path segment : open) {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment));
            if (bytes.limit() > HEADER) {
                int end = endOfWhole(bytes.position(HEADER));
                if (end < bytes.limit() && torn(bytes, end)) {
                    truncate(segment, end);
                }
            }
        }
    }

    /** Where the first entry begins that is not whole, or the zeros do. */
    static int endOfWhole(ByteBuffer bytes) {
        int begin = bytes.position();
        while (begin < bytes.limit()) {
            int next = endOf(bytes, begin);
            if (next < 0) {
                return begin;
            }
            begin = next;
        }
        return begin;
    }

    /** Where the whole entry that begins there ends, its checksum with it; -1 when there is none. */
    private static int endOf(ByteBuffer bytes, int begin) {
        int length = length(bytes.position(begin));
        if (length <= 0 || length > bytes.remaining() - CHECKSUM) {
            return -1;
        }
        int end = bytes.position() + length;
        CRC32C checksum = new CRC32C();
        // Ratis' checksum is of the length, too.
        checksum.update(bytes.duplicate().position(begin).limit(end));
        return bytes.getInt(end) == (int) checksum.getValue() ? end + CHECKSUM : -1;
    }

    /** A varint; 0 when there is none. */
    private static int length(ByteBuffer bytes) {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE && bytes.hasRemaining(); shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        return 0;
    }

    /** Something was begun there, and its checksum is not there, or the file ends before. */
    private static boolean torn(ByteBuffer bytes, int begin) {
        int last = bytes.limit() - 1;
        while (last >= begin && bytes.get(last) == 0) {
            last--;
        }
        if (last < begin) {
            return false;
        }
        int length = length(bytes.position(begin));
        long end = bytes.position() + (long) length;
        boolean begun = length <= 0 || last < end || bytes.limit() < end + CHECKSUM;
        return begun && !wholeOneBehind(bytes, begin, last);
    }

    /** Then it is not the end that is missing: a length has been damaged. */
    private static boolean wholeOneBehind(ByteBuffer bytes, int begin, int last) {
        for (int at = begin + 1; at < last; at++) {
            length(bytes.position(at));
            boolean entry = bytes.hasRemaining() && bytes.get(bytes.position()) == TERM;
            if (entry && endOf(bytes, at) > 0) {
                return true;
            }
        }
        return false;
    }

    private static void truncate(Path segment, int end) throws IOException {
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            file.truncate(end);
            file.force(true);
        }
        LOG.warn("the last entry of {} was not written to its end, as after a power loss, and is"
                + " cut off at byte {}: it was never acknowledged, and comes again from the other"
                + " members if they have it", segment, end);
    }
}
