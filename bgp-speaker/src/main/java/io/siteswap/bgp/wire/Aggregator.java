package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;

/** AGGREGATOR (RFC 4271 section 5.1.7): who formed the aggregate. */
public record Aggregator(long as, Address router) implements Attribute {

    static final int TYPE = 7;

    static final AttributeCodec<Aggregator> CODEC = new AttributeCodec<>(TYPE, "AGGREGATOR",
            Aggregator.class, AttributeCodec.OPTIONAL_TRANSITIVE, Consequence.ATTRIBUTE_DISCARD,
            5, Aggregator::read, Aggregator::write);

    private static Parsed<Aggregator> read(ByteBuffer in, Context context) {
        if (in.remaining() != (context.fourOctetAs() ? 8 : 6)) {
            return new Parsed.Malformed<>("AGGREGATOR of " + in.remaining() + " octets.");
        }
        long as = context.fourOctetAs() ? in.getInt() & 0xFFFF_FFFFL : in.getShort() & 0xFFFFL;
        return new Parsed.Value<>(new Aggregator(as, Address.v4(in.getInt())));
    }

    private static void write(Aggregator aggregator, ByteBuffer out, Context context) {
        if (context.fourOctetAs()) {
            out.putInt((int) aggregator.as);
        } else {
            out.putShort((short) (aggregator.as > 0xFFFF ? Open.AS_TRANS : aggregator.as));
        }
        aggregator.router.write(out);
    }

    @Override
    public int type() {
        return TYPE;
    }
}
