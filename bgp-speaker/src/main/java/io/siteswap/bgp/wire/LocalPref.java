package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;

/** LOCAL_PREF (RFC 4271 section 5.1.5): the higher the better, inside one AS only. */
public record LocalPref(long value) implements Attribute {

    static final int TYPE = 5;

    static final AttributeCodec<LocalPref> CODEC = new AttributeCodec<>(TYPE, "LOCAL_PREF",
            LocalPref.class, AttributeCodec.WELL_KNOWN, Consequence.TREAT_AS_WITHDRAW, 5,
            LocalPref::read, (pref, out, _) -> out.putInt((int) pref.value));

    private static Parsed<LocalPref> read(ByteBuffer in, Context context) {
        if (context.external()) {
            // RFC 7606 section 7.5: from another AS it is dropped whatever it holds.
            return new Parsed.Ignored<>("LOCAL_PREF from another AS.");
        }
        return in.remaining() == 4
                ? new Parsed.Value<>(new LocalPref(in.getInt() & 0xFFFF_FFFFL))
                : new Parsed.Malformed<>("LOCAL_PREF of " + in.remaining() + " octets.");
    }

    @Override
    public int type() {
        return TYPE;
    }
}
