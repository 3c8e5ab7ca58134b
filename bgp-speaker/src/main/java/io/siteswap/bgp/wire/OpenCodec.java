package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OPEN (RFC 4271 section 4.2), with parameters of more than 255 octets (RFC 9072). */
final class OpenCodec {

    private static final int CAPABILITIES = 2;
    /** As type of the first parameter: the real lengths follow and have two octets. */
    private static final int EXTENDED = 255;
    /** What fits into one parameter of the classic format. */
    private static final int MAX_CLASSIC = 253;

    private OpenCodec() {
    }

    /** @param body at least 10 octets, as {@link Frame} assures */
    static Decoded read(ByteBuffer body) {
        int version = body.get() & 0xFF;
        if (version != 4) {
            return new Decoded.Broken(WireError.reset(Notification.OPEN, 1,
                    Octets.of((byte) 0, (byte) 4), "BGP version " + version + "."));
        }
        int as2 = body.getShort() & 0xFFFF;
        int hold = body.getShort() & 0xFFFF;
        Address routerId = Address.v4(body.getInt());
        int length = body.get() & 0xFF;
        boolean extended = body.hasRemaining()
                && (body.get(body.position()) & 0xFF) == EXTENDED;
        if (extended && body.remaining() < 3) {
            return malformed("The length of the extended optional parameters is missing.");
        }
        if (extended) {
            // RFC 9072 section 2: the one-octet length means nothing then.
            body.get();
            length = body.getShort() & 0xFFFF;
        }
        if (length != body.remaining()) {
            return malformed("The optional parameters of the OPEN take " + body.remaining()
                    + " octets, not " + length + ".");
        }
        List<Capability> capabilities = new ArrayList<>();
        return parameters(body, extended, capabilities).<Decoded>map(Decoded.Broken::new)
                .orElseGet(() -> Decoded
                        .ok(new Open(version, as2, hold, routerId, capabilities)));
    }

    private static Optional<WireError> parameters(ByteBuffer in, boolean extended,
            List<Capability> capabilities) {
        while (in.hasRemaining()) {
            if (in.remaining() < (extended ? 3 : 2)) {
                return Optional.of(error(0, "An optional parameter without a length."));
            }
            int type = in.get() & 0xFF;
            int length = extended ? in.getShort() & 0xFFFF : in.get() & 0xFF;
            if (length > in.remaining()) {
                return Optional.of(error(0, "Optional parameter " + type + " of " + length
                        + " octets ends after " + in.remaining() + "."));
            }
            if (type != CAPABILITIES) {
                return Optional.of(error(4, "Optional parameter " + type + "."));
            }
            ByteBuffer value = in.slice(in.position(), length);
            in.position(in.position() + length);
            switch (CapabilityCodec.readAll(value)) {
                case Parsed.Value<List<Capability>>(List<Capability> some) -> capabilities
                        .addAll(some);
                case Parsed.Malformed<List<Capability>>(String reason) -> {
                    return Optional.of(error(0, reason));
                }
                case Parsed.Ignored<List<Capability>> _ -> {
                    // nothing to keep
                }
            }
        }
        return Optional.empty();
    }

    private static Decoded malformed(String reason) {
        return new Decoded.Broken(error(0, reason));
    }

    private static WireError error(int subcode, String reason) {
        return WireError.reset(Notification.OPEN, subcode, reason);
    }

    /** All capabilities in one parameter. */
    static void write(Open open, ByteBuffer out) {
        out.put((byte) open.version()).putShort((short) open.as2())
                .putShort((short) open.holdSeconds());
        open.routerId().write(out);
        ByteBuffer capabilities = ByteBuffer.allocate(out.remaining());
        open.capabilities().forEach(c -> CapabilityCodec.write(c, capabilities));
        int length = capabilities.flip().remaining();
        if (length == 0) {
            out.put((byte) 0);
        } else if (length <= MAX_CLASSIC) {
            out.put((byte) (length + 2)).put((byte) CAPABILITIES).put((byte) length);
        } else {
            out.put((byte) EXTENDED).put((byte) EXTENDED).putShort((short) (length + 3))
                    .put((byte) CAPABILITIES).putShort((short) length);
        }
        out.put(capabilities);
    }
}
