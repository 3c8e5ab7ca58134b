package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;

/**
 * OTC (RFC 9234 section 5): a route that has turned towards customers must not turn back.
 *
 * @param as who marked it, unsigned 32 bits
 */
public record OnlyToCustomer(long as) implements Attribute {

    static final int TYPE = 35;

    static final AttributeCodec<OnlyToCustomer> CODEC = new AttributeCodec<>(TYPE,
            "ONLY_TO_CUSTOMER", OnlyToCustomer.class, AttributeCodec.OPTIONAL_TRANSITIVE,
            Consequence.TREAT_AS_WITHDRAW, 5, OnlyToCustomer::read,
            (otc, out, _) -> out.putInt((int) otc.as));

    private static Parsed<OnlyToCustomer> read(ByteBuffer in, Context context) {
        return in.remaining() == 4
                ? new Parsed.Value<>(new OnlyToCustomer(in.getInt() & 0xFFFF_FFFFL))
                : new Parsed.Malformed<>("ONLY_TO_CUSTOMER of " + in.remaining() + " octets.");
    }

    @Override
    public int type() {
        return TYPE;
    }
}
