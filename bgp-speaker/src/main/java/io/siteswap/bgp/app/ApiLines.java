package io.siteswap.bgp.app;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a client has sent and nobody has looked at yet, line by line. */
final class ApiLines {

    /** The longest request there is takes a few hundred octets. */
    static final int MAX_OCTETS = 16 * 1024;

    private final ByteBuf unread = Unpooled.buffer(256);

    void add(ByteBuf in) {
        unread.discardReadBytes();
        unread.writeBytes(in);
    }

    /** The next line, without its end. Empty: it is not there yet, or it is too long. */
    Optional<String> next() {
        int length = unread.bytesBefore((byte) '\n');
        if (length < 0 || length > MAX_OCTETS) {
            return Optional.empty();
        }
        String line = text(length);
        unread.skipBytes(1);
        return Optional.of(line);
    }

    /** The line before the end of the stream, if its own end is missing. */
    Optional<String> last() {
        return unread.isReadable() && !tooLong()
                ? Optional.of(text(unread.readableBytes()))
                : Optional.empty();
    }

    private String text(int length) {
        return unread.readCharSequence(length, StandardCharsets.UTF_8).toString();
    }

    /** If there is no next line now, there never will be one; else enough waits for now. */
    boolean tooLong() {
        return unread.readableBytes() > MAX_OCTETS;
    }
}
