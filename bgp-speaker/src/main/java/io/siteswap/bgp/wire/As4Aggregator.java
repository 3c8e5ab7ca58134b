package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;

/** AS4_AGGREGATOR (RFC 6793 section 3): beside an AGGREGATOR that says AS_TRANS. */
public record As4Aggregator(long as, Address router) implements Attribute {

    static final int TYPE = 18;

    static final AttributeCodec<As4Aggregator> CODEC = new AttributeCodec<>(TYPE,
            "AS4_AGGREGATOR", As4Aggregator.class, AttributeCodec.OPTIONAL_TRANSITIVE,
            Consequence.ATTRIBUTE_DISCARD, 5, As4Aggregator::read, (aggregator, out, _) -> {
                out.putInt((int) aggregator.as);
                aggregator.router.write(out);
            });

    private static Parsed<As4Aggregator> read(ByteBuffer in, Context context) {
        if (context.fourOctetAs()) {
            return new Parsed.Ignored<>(
                    "AS4_AGGREGATOR from a neighbour with 4-octet AS numbers.");
        }
        return in.remaining() == 8
                ? new Parsed.Value<>(new As4Aggregator(in.getInt() & 0xFFFF_FFFFL,
                        Address.v4(in.getInt())))
                : new Parsed.Malformed<>("AS4_AGGREGATOR of " + in.remaining() + " octets.");
    }

    @Override
    public int type() {
        return TYPE;
    }
}
