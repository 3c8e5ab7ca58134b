package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;

/** Cuts the byte stream into messages (RFC 4271 section 4.1). */
public sealed interface Frame {

    int HEADER = 19;
    int MAX_LENGTH = 4096;
    /** Header and two lengths. */
    int MIN_UPDATE = 23;

    /** Where extended messages are agreed on (RFC 8654). */
    int MAX_EXTENDED = 65535;

    /** Fewer bytes than the header or the message needs. */
    record Incomplete() implements Frame {
    }

    /** @param body what follows the header */
    record Complete(int type, ByteBuffer body) implements Frame {
    }

    record Broken(WireError error) implements Frame {
    }

    /** As long as nothing is agreed on. */
    static Frame next(ByteBuffer in) {
        return next(in, Context.INITIAL);
    }

    /** Takes one message from the front of {@code in}; consumes nothing unless complete. */
    static Frame next(ByteBuffer in, Context context) {
        if (in.remaining() < HEADER) {
            return new Incomplete();
        }
        int start = in.position();
        if (in.getLong(start) != -1L || in.getLong(start + 8) != -1L) {
            return new Broken(
                    WireError.reset(Notification.HEADER, 1, "The marker is not all ones."));
        }
        int length = in.getShort(start + 16) & 0xFFFF;
        int type = in.get(start + 18) & 0xFF;
        if (length < minimum(type) || length > context.maxLength(type)) {
            return new Broken(WireError.reset(Notification.HEADER, 2,
                    Octets.of((byte) (length >> 8), (byte) length),
                    "A message of type " + type + " with length " + length + "."));
        }
        if (in.remaining() < length) {
            return new Incomplete();
        }
        ByteBuffer body = in.slice(start + HEADER, length - HEADER);
        in.position(start + length);
        return new Complete(type, body);
    }

    private static int minimum(int type) {
        return switch (type) {
            case Open.TYPE -> 29;
            case Update.TYPE -> MIN_UPDATE;
            case Notification.TYPE -> 21;
            default -> HEADER;
        };
    }
}
