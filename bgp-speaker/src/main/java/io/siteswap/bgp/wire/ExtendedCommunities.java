package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** EXTENDED COMMUNITIES (RFC 4360). */
public record ExtendedCommunities(List<ExtendedCommunity> values) implements Attribute {

    static final int TYPE = 16;

    static final AttributeCodec<ExtendedCommunities> CODEC = new AttributeCodec<>(TYPE,
            "EXTENDED_COMMUNITIES", ExtendedCommunities.class,
            AttributeCodec.OPTIONAL_TRANSITIVE, Consequence.TREAT_AS_WITHDRAW, 5,
            ExtendedCommunities::read,
            (all, out, _) -> all.values.forEach(c -> out.putLong(c.value())));

    public ExtendedCommunities {
        values = List.copyOf(values);
    }

    private static Parsed<ExtendedCommunities> read(ByteBuffer in, Context context) {
        if (in.remaining() == 0 || in.remaining() % 8 != 0) {
            return new Parsed.Malformed<>(
                    "EXTENDED_COMMUNITIES of " + in.remaining() + " octets.");
        }
        List<ExtendedCommunity> values = new ArrayList<>(in.remaining() / 8);
        while (in.hasRemaining()) {
            values.add(new ExtendedCommunity(in.getLong()));
        }
        return new Parsed.Value<>(new ExtendedCommunities(values));
    }

    @Override
    public int type() {
        return TYPE;
    }
}
