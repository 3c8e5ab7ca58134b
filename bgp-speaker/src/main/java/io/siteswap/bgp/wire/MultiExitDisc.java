package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;

/** MULTI_EXIT_DISC (RFC 4271 section 5.1.4): the lower the better, among one AS's exits. */
public record MultiExitDisc(long value) implements Attribute {

    static final int TYPE = 4;

    static final AttributeCodec<MultiExitDisc> CODEC = new AttributeCodec<>(TYPE,
            "MULTI_EXIT_DISC", MultiExitDisc.class, AttributeCodec.OPTIONAL,
            Consequence.TREAT_AS_WITHDRAW, 5, MultiExitDisc::read,
            (med, out, _) -> out.putInt((int) med.value));

    private static Parsed<MultiExitDisc> read(ByteBuffer in, Context context) {
        return in.remaining() == 4
                ? new Parsed.Value<>(new MultiExitDisc(in.getInt() & 0xFFFF_FFFFL))
                : new Parsed.Malformed<>("MULTI_EXIT_DISC of " + in.remaining() + " octets.");
    }

    @Override
    public int type() {
        return TYPE;
    }
}
