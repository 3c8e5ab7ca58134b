package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;

/** NEXT_HOP (RFC 4271 section 5.1.3): where to send packets for an IPv4 prefix. */
public record NextHop(Address address) implements Attribute {

    static final int TYPE = 3;

    static final AttributeCodec<NextHop> CODEC = new AttributeCodec<>(TYPE, "NEXT_HOP",
            NextHop.class, AttributeCodec.WELL_KNOWN, Consequence.TREAT_AS_WITHDRAW, 8,
            NextHop::read, (hop, out, _) -> hop.address.write(out));

    private static Parsed<NextHop> read(ByteBuffer in, Context context) {
        return in.remaining() == 4
                ? new Parsed.Value<>(new NextHop(Address.v4(in.getInt())))
                : new Parsed.Malformed<>("NEXT_HOP of " + in.remaining() + " octets.");
    }

    @Override
    public int type() {
        return TYPE;
    }
}
