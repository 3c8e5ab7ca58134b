package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * EXTENDED COMMUNITIES (RFC 4360).
 *
 * @param values 8 octets each, type first
 */
public record ExtendedCommunities(List<Long> values) implements Attribute {

    static final int TYPE = 16;

    static final AttributeCodec<ExtendedCommunities> CODEC = new AttributeCodec<>(TYPE,
            "EXTENDED_COMMUNITIES", ExtendedCommunities.class,
            AttributeCodec.OPTIONAL_TRANSITIVE, Consequence.TREAT_AS_WITHDRAW, 5,
            ExtendedCommunities::read, (all, out, _) -> all.values.forEach(out::putLong));

    public ExtendedCommunities {
        values = List.copyOf(values);
    }

    private static Parsed<ExtendedCommunities> read(ByteBuffer in, Context context) {
        if (in.remaining() == 0 || in.remaining() % 8 != 0) {
            return new Parsed.Malformed<>(
                    "EXTENDED_COMMUNITIES of " + in.remaining() + " octets.");
        }
        List<Long> values = new ArrayList<>(in.remaining() / 8);
        while (in.hasRemaining()) {
            values.add(in.getLong());
        }
        return new Parsed.Value<>(new ExtendedCommunities(values));
    }

    @Override
    public int type() {
        return TYPE;
    }
}
