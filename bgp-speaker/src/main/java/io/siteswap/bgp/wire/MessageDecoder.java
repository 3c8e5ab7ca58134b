package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Turns the body of a message into a record or a typed fault; never throws. */
public final class MessageDecoder {

    private static final int CAPABILITIES = 2;

    private MessageDecoder() {
    }

    public static Decoded decode(Frame.Complete frame, Context context) {
        ByteBuffer body = frame.body().duplicate();
        return switch (frame.type()) {
            case Open.TYPE -> open(body);
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
            return new Decoded.Broken(WireError.reset(Notification.REFRESH, 1,
                    "A ROUTE-REFRESH with a body of " + body.remaining() + " octets."));
        }
        return Decoded.ok(new RouteRefresh(body.getShort() & 0xFFFF, body.get() & 0xFF,
                body.get() & 0xFF));
    }

    private static Decoded open(ByteBuffer body) {
        int version = body.get() & 0xFF;
        if (version != 4) {
            return new Decoded.Broken(WireError.reset(Notification.OPEN, 1,
                    Octets.of((byte) 0, (byte) 4), "BGP version " + version + "."));
        }
        int as2 = body.getShort() & 0xFFFF;
        int hold = body.getShort() & 0xFFFF;
        Address routerId = Address.v4(body.getInt());
        int parameters = body.get() & 0xFF;
        if (parameters != body.remaining()) {
            return malformedOpen("The optional parameters of the OPEN take " + body.remaining()
                    + " octets, not " + parameters + ".");
        }
        List<Capability> capabilities = new ArrayList<>();
        while (body.hasRemaining()) {
            if (body.remaining() < 2) {
                return malformedOpen("An optional parameter without a length.");
            }
            int type = body.get() & 0xFF;
            int length = body.get() & 0xFF;
            if (length > body.remaining()) {
                return malformedOpen("Optional parameter " + type + " of " + length
                        + " octets ends after " + body.remaining() + ".");
            }
            if (type != CAPABILITIES) {
                return new Decoded.Broken(WireError.reset(Notification.OPEN, 4,
                        "Optional parameter " + type + "."));
            }
            ByteBuffer value = body.slice(body.position(), length);
            body.position(body.position() + length);
            switch (CapabilityCodec.readAll(value)) {
                case Parsed.Value<List<Capability>>(List<Capability> some) -> capabilities
                        .addAll(some);
                case Parsed.Malformed<List<Capability>>(String reason) -> {
                    return malformedOpen(reason);
                }
                case Parsed.Ignored<List<Capability>> _ -> {
                    // nothing to keep
                }
            }
        }
        return Decoded.ok(new Open(version, as2, hold, routerId, capabilities));
    }

    private static Decoded malformedOpen(String reason) {
        return new Decoded.Broken(WireError.reset(Notification.OPEN, 0, reason));
    }
}
