package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;

/** ATOMIC_AGGREGATE (RFC 4271 section 5.1.6): the path may hide more specific ones. */
public record AtomicAggregate() implements Attribute {

    static final int TYPE = 6;

    static final AttributeCodec<AtomicAggregate> CODEC = new AttributeCodec<>(TYPE,
            "ATOMIC_AGGREGATE", AtomicAggregate.class, AttributeCodec.WELL_KNOWN,
            Consequence.ATTRIBUTE_DISCARD, 5, AtomicAggregate::read, (_, _, _) -> {
            });

    private static Parsed<AtomicAggregate> read(ByteBuffer in, Context context) {
        return in.hasRemaining()
                ? new Parsed.Malformed<>("ATOMIC_AGGREGATE of " + in.remaining() + " octets.")
                : new Parsed.Value<>(new AtomicAggregate());
    }

    @Override
    public int type() {
        return TYPE;
    }
}
