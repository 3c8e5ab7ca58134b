package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** LARGE COMMUNITY (RFC 8092). */
public record LargeCommunities(List<Large> values) implements Attribute {

    /** Three unsigned numbers of 32 bits. */
    public record Large(long global, long local1, long local2) {

        /**
         * Reads three numbers with colons between, like {@code 64500:1:2}.
         *
         * @throws IllegalArgumentException with a sentence
         */
        public static Large parse(String text) {
            String[] parts = text.split(":", -1);
            if (parts.length != 3) {
                throw notLarge(text);
            }
            return new Large(number(text, parts[0]), number(text, parts[1]),
                    number(text, parts[2]));
        }

        private static long number(String text, String part) {
            try {
                return Integer.toUnsignedLong(Integer.parseUnsignedInt(part));
            } catch (NumberFormatException e) {
                throw notLarge(text);
            }
        }

        private static IllegalArgumentException notLarge(String text) {
            return new IllegalArgumentException("'" + text + "' is not a large community: write"
                    + " three numbers from 0 to 4294967295, like 64500:1:2.");
        }

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
