package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The words that go with an administrative shutdown or reset (RFC 9003): an octet of length and
 * UTF-8.
 */
final class ShutdownMessage {

    static final int MAX_OCTETS = 255;

    private static final char UNPRINTABLE = '\uFFFD';

    private ShutdownMessage() {
    }

    /** Cut at a character where it is too long. */
    static Octets write(String text) {
        ByteBuffer out = ByteBuffer.allocate(1 + MAX_OCTETS);
        out.put((byte) 0);
        for (int at = 0; at < text.length();) {
            int codePoint = text.codePointAt(at);
            byte[] octets = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
            if (octets.length > out.remaining()) {
                break;
            }
            out.put(octets);
            at += Character.charCount(codePoint);
        }
        out.put(0, (byte) (out.position() - 1));
        return Octets.read(out.flip());
    }

    /**
     * What can be shown on any terminal: what is not UTF-8, controls a terminal or turns the
     * direction of writing becomes U+FFFD. A wrong length is put right.
     */
    static String read(Octets data) {
        ByteBuffer in = data.buffer();
        if (!in.hasRemaining()) {
            return "";
        }
        int length = Math.min(in.get() & 0xFF, in.remaining());
        String text = StandardCharsets.UTF_8.decode(in.slice(in.position(), length)).toString();
        StringBuilder safe = new StringBuilder();
        text.codePoints().map(c -> printable(c) ? c : UNPRINTABLE)
                .forEach(safe::appendCodePoint);
        return safe.toString();
    }

    private static boolean printable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE,
                    Character.PRIVATE_USE, Character.UNASSIGNED, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }
}
