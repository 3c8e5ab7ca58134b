package io.siteswap.bgp.decode;

import io.siteswap.bgp.mrt.RecordInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;

/**
 * Prints every BGP message of a file as a JSON line; {@code docs/bgp-decode.md} lists the keys.
 * What is wrong stands in {@code errors}, and the next message follows.
 */
public final class BgpDecode {

    private static final int GZIP = 0x1F8B;
    private static final int BZIP2 = 0x425A68;
    /** How much of a text is looked at to call it one. */
    private static final int TEXT_SAMPLE = 256;

    private BgpDecode() {
    }

    /**
     * @param lines printed
     * @param faulty lines with errors
     */
    public record Outcome(long lines, long faulty) {
    }

    /**
     * Reads to the end.
     *
     * @throws UnreadableInput if the format cannot be told or is one to unpack first
     * @throws IOException if a stream fails
     */
    public static Outcome run(InputStream in, OutputStream out, DecodeOptions options)
            throws IOException {
        Lines lines = new Lines(out);
        RecordInput input = unpacked(in);
        Format format = options.format() == Format.AUTO ? tell(input) : options.format();
        switch (format) {
            case MRT -> new MrtLines(lines).read(input);
            case PCAP -> new CaptureLines(lines, options.port()).read(input);
            case HEX, AUTO -> new HexLines(lines).read(input);
        }
        out.flush();
        return new Outcome(lines.count(), lines.faulty());
    }

    private static RecordInput unpacked(InputStream in) throws IOException {
        RecordInput raw = new RecordInput(in);
        ByteBuffer head = raw.peek(3);
        if (head.remaining() < 3) {
            return raw;
        }
        if ((head.getShort(0) & 0xFFFF) == GZIP) {
            return new RecordInput(new GZIPInputStream(raw.stream()));
        }
        if (((head.getShort(0) & 0xFFFF) << 8 | (head.get(2) & 0xFF)) == BZIP2) {
            throw new UnreadableInput(
                    "This is compressed with bzip2: unpack it first, with bunzip2 -c FILE.");
        }
        return raw;
    }

    private static Format tell(RecordInput input) throws IOException {
        ByteBuffer head = input.peek(TEXT_SAMPLE);
        if (Capture.isCapture(head)) {
            return Format.PCAP;
        }
        if (isText(head)) {
            return Format.HEX;
        }
        if (isMrt(head)) {
            return Format.MRT;
        }
        throw new UnreadableInput("This is neither MRT nor a packet capture nor hexadecimal"
                + " text: say which with --mrt, --pcap or --hex.");
    }

    private static boolean isText(ByteBuffer head) {
        for (int i = 0; i < head.remaining(); i++) {
            int octet = head.get(i);
            boolean white = octet == '\n' || octet == '\r' || octet == '\t';
            if ((octet < ' ' && octet >= 0 && !white) || octet == 0x7F) {
                return false;
            }
        }
        // Octets above 127 are fine in a comment, but a file of them only is no text.
        return !head.hasRemaining() || head.get(0) > 0;
    }

    /** Types 11 to 17 and 48, 49 of the registry; their lengths start with a zero. */
    private static boolean isMrt(ByteBuffer head) {
        if (head.remaining() < 12) {
            return false;
        }
        int type = head.getShort(4) & 0xFFFF;
        return ((type >= 11 && type <= 17) || type == 48 || type == 49) && head.get(8) == 0;
    }
}
