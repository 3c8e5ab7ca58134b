package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;

/** ORIGIN (RFC 4271 section 5.1.1). */
public record Origin(Source source) implements Attribute {

    /** How the prefix came into BGP; the earlier the better. */
    public enum Source {
        IGP(0), EGP(1), INCOMPLETE(2);

        private final int code;

        Source(int code) {
            this.code = code;
        }

        /** Its value on the wire. */
        public int code() {
            return code;
        }
    }

    static final int TYPE = 1;

    static final AttributeCodec<Origin> CODEC = new AttributeCodec<>(TYPE, "ORIGIN",
            Origin.class, AttributeCodec.WELL_KNOWN, Consequence.TREAT_AS_WITHDRAW, 6,
            Origin::read, (origin, out, _) -> out.put((byte) origin.source.code));

    private static Parsed<Origin> read(ByteBuffer in, Context context) {
        if (in.remaining() != 1) {
            return new Parsed.Malformed<>("ORIGIN of " + in.remaining() + " octets.");
        }
        int value = in.get() & 0xFF;
        return value < Source.values().length
                ? new Parsed.Value<>(new Origin(Source.values()[value]))
                : new Parsed.Malformed<>("ORIGIN is " + value + ".");
    }

    @Override
    public int type() {
        return TYPE;
    }
}
