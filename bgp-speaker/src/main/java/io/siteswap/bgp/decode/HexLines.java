package io.siteswap.bgp.decode;

import io.siteswap.bgp.mrt.RecordInput;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.Octets;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Messages in hexadecimal, one per line. White space, colons, {@code 0x}, and everything behind
 * {@code #} do not count; the marker may be left out.
 */
final class HexLines {

    /** A line of an extended message with a blank after every octet, and more. */
    private static final int MAX_LINE = 1 << 18;
    private static final int MARKER = 16;

    /** Nobody says who talks to whom: all that may be understood is. */
    private static final Context CONTEXT = new Context(true, false).withExtendedMessages(true)
            .withExtendedNextHop(Set.of(Family.values()));

    private final Lines lines;

    HexLines(Lines lines) {
        this.lines = lines;
    }

    void read(RecordInput input) throws IOException {
        InputStream in = new BufferedInputStream(input.stream());
        StringBuilder text = new StringBuilder();
        boolean tooLong = false;
        long start = 0;
        long record = 1;
        for (long offset = 0;; offset++) {
            int octet = in.read();
            if (octet >= 0 && octet != '\n') {
                tooLong |= text.length() >= MAX_LINE;
                if (!tooLong) {
                    text.append((char) octet);
                }
                continue;
            }
            line(record++, start, text.toString(), tooLong);
            if (octet < 0) {
                return;
            }
            text.setLength(0);
            tooLong = false;
            start = offset + 1;
        }
    }

    private void line(long record, long offset, String text, boolean tooLong)
            throws IOException {
        int comment = text.indexOf('#');
        String hex = (comment < 0 ? text : text.substring(0, comment)).replaceAll("[\\s:]|0x",
                "");
        if (hex.isEmpty() && !tooLong) {
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("record", record);
        line.put("offset", offset);
        if (tooLong) {
            bad(line, "A line of more than " + MAX_LINE + " characters.", text);
        } else if (hex.length() % 2 != 0 || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            bad(line, "A line that is not hexadecimal octets.", text);
        } else {
            MessageLine.write(ByteBuffer.wrap(whole(HexFormat.of().parseHex(hex))), CONTEXT,
                    MessageLine.Width.GUESS, line);
        }
        lines.print(line);
    }

    /** With its marker. */
    private static byte[] whole(byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        if (octets.length >= MARKER && in.getLong(0) == -1 && in.getLong(8) == -1) {
            return octets;
        }
        boolean bare = octets.length >= Frame.HEADER - MARKER
                && (in.getShort(0) & 0xFFFF) == octets.length + MARKER;
        if (!bare) {
            return octets;
        }
        return ByteBuffer.allocate(MARKER + octets.length).putLong(-1).putLong(-1).put(octets)
                .array();
    }

    private static void bad(Map<String, Object> line, String reason, String text) {
        line.put("type", "BAD_RECORD");
        byte[] start = text.substring(0, Math.min(64, text.length()))
                .getBytes(StandardCharsets.ISO_8859_1);
        line.put("errors", List.of(Fault.skipped(reason, Octets.of(start))));
    }
}
