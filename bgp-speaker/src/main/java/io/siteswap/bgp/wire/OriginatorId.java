package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;

/** ORIGINATOR_ID (RFC 4456 section 8): the router that a reflected route comes from. */
public record OriginatorId(Address router) implements Attribute {

    static final int TYPE = 9;

    static final AttributeCodec<OriginatorId> CODEC = new AttributeCodec<>(TYPE,
            "ORIGINATOR_ID", OriginatorId.class, AttributeCodec.OPTIONAL,
            Consequence.TREAT_AS_WITHDRAW, 5, OriginatorId::read,
            (id, out, _) -> id.router.write(out));

    private static Parsed<OriginatorId> read(ByteBuffer in, Context context) {
        if (context.external()) {
            // RFC 7606 section 7.9: from another AS it is dropped whatever it holds.
            return new Parsed.Ignored<>("ORIGINATOR_ID from another AS.");
        }
        return in.remaining() == 4
                ? new Parsed.Value<>(new OriginatorId(Address.v4(in.getInt())))
                : new Parsed.Malformed<>("ORIGINATOR_ID of " + in.remaining() + " octets.");
    }

    @Override
    public int type() {
        return TYPE;
    }
}
