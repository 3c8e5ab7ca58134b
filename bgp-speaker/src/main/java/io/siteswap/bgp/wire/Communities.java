package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** COMMUNITIES (RFC 1997). */
public record Communities(List<Community> values) implements Attribute {

    static final int TYPE = 8;

    static final AttributeCodec<Communities> CODEC = new AttributeCodec<>(TYPE, "COMMUNITIES",
            Communities.class, AttributeCodec.OPTIONAL_TRANSITIVE,
            Consequence.TREAT_AS_WITHDRAW, 5, Communities::read,
            (all, out, _) -> all.values.forEach(c -> out.putInt(c.value())));

    public Communities {
        values = List.copyOf(values);
    }

    private static Parsed<Communities> read(ByteBuffer in, Context context) {
        if (in.remaining() == 0 || in.remaining() % 4 != 0) {
            return new Parsed.Malformed<>("COMMUNITIES of " + in.remaining() + " octets.");
        }
        List<Community> values = new ArrayList<>(in.remaining() / 4);
        while (in.hasRemaining()) {
            values.add(new Community(in.getInt()));
        }
        return new Parsed.Value<>(new Communities(values));
    }

    @Override
    public int type() {
        return TYPE;
    }
}
