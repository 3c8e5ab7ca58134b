package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;

/** Turns the body of a message into a record or a typed fault; never throws. */
public final class MessageDecoder {

    private MessageDecoder() {
    }

    public static Decoded decode(Frame.Complete frame, Context context) {
        ByteBuffer body = frame.body().duplicate();
        return switch (frame.type()) {
            case Open.TYPE -> OpenCodec.read(body);
            case Update.TYPE -> UpdateDecoder.decode(body, context);
            case Notification.TYPE -> Decoded.ok(new Notification(body.get() & 0xFF,
                    body.get() & 0xFF, Octets.read(body)));
            case Keepalive.TYPE -> keepalive(body);
            case RouteRefresh.TYPE -> refresh(body);
            default -> new Decoded.Broken(WireError.reset(Notification.HEADER, 3,
                    Octets.of((byte) frame.type()), "A message of type " + frame.type() + "."));
        };
    }

    private static Decoded keepalive(ByteBuffer body) {
        if (!body.hasRemaining()) {
            return Decoded.ok(new Keepalive());
        }
        int length = body.remaining() + Frame.HEADER;
        return new Decoded.Broken(WireError.reset(Notification.HEADER, 2,
                Octets.of((byte) (length >> 8), (byte) length),
                "A KEEPALIVE of " + length + " octets."));
    }

    private static Decoded refresh(ByteBuffer body) {
        if (body.remaining() != 4) {
            return new Decoded.Broken(WireError.reset(Notification.REFRESH, 1, whole(body),
                    "A ROUTE-REFRESH with a body of " + body.remaining() + " octets."));
        }
        return Decoded.ok(new RouteRefresh(body.getShort() & 0xFFFF, body.get() & 0xFF,
                body.get() & 0xFF));
    }

    /** RFC 7313 section 5: the neighbour gets the message back. */
    private static Octets whole(ByteBuffer body) {
        int length = Frame.HEADER + body.remaining();
        ByteBuffer message = ByteBuffer.allocate(length);
        message.putLong(-1L).putLong(-1L).putShort((short) length)
                .put((byte) RouteRefresh.TYPE).put(body.duplicate());
        return Octets.read(message.flip());
    }
}
