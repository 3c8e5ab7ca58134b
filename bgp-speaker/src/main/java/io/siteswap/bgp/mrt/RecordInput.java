package io.siteswap.bgp.mrt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A stream that one can look ahead in, and that knows how far it has come. */
public final class RecordInput {

    /** The longest look ahead. */
    public static final int MAX_PEEK = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[MAX_PEEK];
    private int from;
    private int to;
    private long offset;

    public RecordInput(InputStream in) {
        this.in = in;
    }

    /** Octets taken or skipped so far. */
    public long offset() {
        return offset;
    }

    /** The next octets, which stay where they are; fewer than wanted only at the end. */
    public ByteBuffer peek(int wanted) throws IOException {
        while (to - from < wanted) {
            if (buffer.length - from < wanted) {
                System.arraycopy(buffer, from, buffer, 0, to - from);
                to -= from;
                from = 0;
            }
            int got = in.read(buffer, to, buffer.length - to);
            if (got < 0) {
                break;
            }
            to += got;
        }
        return ByteBuffer.wrap(buffer, from, Math.min(wanted, to - from)).slice()
                .asReadOnlyBuffer();
    }

    /** Fewer than wanted only at the end; allocates what is there, not what is wanted. */
    public ByteBuffer take(int wanted) throws IOException {
        byte[] head = Arrays.copyOfRange(buffer, from, from + Math.min(wanted, to - from));
        from += head.length;
        offset += head.length;
        if (head.length == wanted) {
            return ByteBuffer.wrap(head);
        }
        byte[] rest = in.readNBytes(wanted - head.length);
        offset += rest.length;
        byte[] all = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, all, head.length, rest.length);
        return ByteBuffer.wrap(all);
    }

    /** The rest as a stream; nothing else may read any more. */
    public InputStream stream() {
        return new SequenceInputStream(new ByteArrayInputStream(buffer, from, to - from), in);
    }

    /** Whether there is something that looks like the beginning of a record. */
    public interface Sign {
        boolean seenIn(ByteBuffer head);
    }

    /**
     * Skips at least one octet, until the sign is seen.
     *
     * @param length what the sign looks at
     * @return octets skipped; to the end if it is never seen
     */
    public long seek(int length, Sign sign) throws IOException {
        long start = offset;
        ByteBuffer head = peek(length);
        while (head.hasRemaining()) {
            from++;
            offset++;
            head = peek(length);
            if (head.remaining() == length && sign.seenIn(head)) {
                break;
            }
        }
        return offset - start;
    }
}
