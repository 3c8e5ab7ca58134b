package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** LARGE COMMUNITY (RFC 8092). */
public record LargeCommunities(List<Large> values) implements Attribute {

    /** Three unsigned numbers of 32 bits. */
    public record Large(long global, long local1, long local2) {
        @Override
        public String toString() {
            return global + ":" + local1 + ":" + local2;
        }
    }

    static final int TYPE = 32;

    static final AttributeCodec<LargeCommunities> CODEC = new AttributeCodec<>(TYPE,
            "LARGE_COMMUNITY", LargeCommunities.class, AttributeCodec.OPTIONAL_TRANSITIVE,
            Consequence.TREAT_AS_WITHDRAW, 5, LargeCommunities::read,
            (all, out, _) -> all.values.forEach(large -> out.putInt((int) large.global)
                    .putInt((int) large.local1).putInt((int) large.local2)));

    public LargeCommunities {
        values = List.copyOf(values);
    }

    private static Parsed<LargeCommunities> read(ByteBuffer in, Context context) {
        if (in.remaining() == 0 || in.remaining() % 12 != 0) {
            return new Parsed.Malformed<>("LARGE_COMMUNITY of " + in.remaining() + " octets.");
        }
        List<Large> values = new ArrayList<>(in.remaining() / 12);
        while (in.hasRemaining()) {
            values.add(new Large(in.getInt() & 0xFFFF_FFFFL, in.getInt() & 0xFFFF_FFFFL,
                    in.getInt() & 0xFFFF_FFFFL));
        }
        return new Parsed.Value<>(new LargeCommunities(values));
    }

    @Override
    public int type() {
        return TYPE;
    }
}
