package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Turns messages into bytes. */
public final class MessageEncoder {

    private MessageEncoder() {
    }

    /**
     * The whole message with its header, ready to read.
     *
     * @throws java.nio.BufferOverflowException if it would exceed 4096 octets: a bug of the caller
     */
    public static ByteBuffer encode(Message message, Context context) {
        ByteBuffer out = ByteBuffer.allocate(Frame.MAX_LENGTH);
        out.putLong(-1L).putLong(-1L).putShort((short) 0).put((byte) message.type());
        switch (message) {
            case Open open -> open(open, out);
            case Update update -> update(update, out, context);
            case Notification(int code, int subcode, Octets data) -> {
                out.put((byte) code).put((byte) subcode);
                data.write(out);
            }
            case Keepalive _ -> {
                // the header is all there is
            }
            case RouteRefresh(int afi, int subtype, int safi) -> out.putShort((short) afi)
                    .put((byte) subtype).put((byte) safi);
        }
        out.putShort(16, (short) out.position());
        return out.flip();
    }

    private static void open(Open open, ByteBuffer out) {
        out.put((byte) open.version()).putShort((short) open.as2())
                .putShort((short) open.holdSeconds());
        open.routerId().write(out);
        int parameters = out.position();
        out.put((byte) 0);
        if (!open.capabilities().isEmpty()) {
            out.put((byte) 2).put((byte) 0);
            open.capabilities().forEach(capability -> CapabilityCodec.write(capability, out));
            out.put(parameters + 2, (byte) (out.position() - parameters - 3));
        }
        out.put(parameters, (byte) (out.position() - parameters - 1));
    }

    private static void update(Update update, ByteBuffer out, Context context) {
        int withdrawn = out.position();
        out.putShort((short) 0);
        Nlri.write(update.withdrawn(), out);
        out.putShort(withdrawn, (short) (out.position() - withdrawn - 2));
        int attributes = out.position();
        out.putShort((short) 0);
        for (Attribute attribute : forPeer(update.attributes(), context).list()) {
            attribute(attribute, out, context);
        }
        out.putShort(attributes, (short) (out.position() - attributes - 2));
        Nlri.write(update.announced(), out);
    }

    /** A neighbour with 2-octet numbers gets the real ones beside (RFC 6793 section 4.2.2). */
    private static Attributes forPeer(Attributes attributes, Context context) {
        if (context.fourOctetAs()) {
            return attributes;
        }
        Optional<AsPath> path = attributes.find(AsPath.class)
                .filter(p -> p.numbers().stream().anyMatch(as -> as > 0xFFFF));
        Optional<Aggregator> aggregator = attributes.find(Aggregator.class)
                .filter(a -> a.as() > 0xFFFF);
        Attributes all = attributes;
        if (path.isPresent()) {
            all = all.with(new As4Path(path.get()));
        }
        if (aggregator.isPresent()) {
            all = all.with(
                    new As4Aggregator(aggregator.get().as(), aggregator.get().router()));
        }
        return all;
    }

    static void attribute(Attribute attribute, ByteBuffer out, Context context) {
        ByteBuffer value = ByteBuffer.allocate(Frame.MAX_LENGTH);
        int flags = switch (attribute) {
            case UnknownAttribute unknown -> {
                unknown.value().write(value);
                // Whoever passes on what it does not understand says so (RFC 4271 section 5).
                yield (unknown.flags() & ~AttributeCodec.EXTENDED_LENGTH) | AttributeCodec.PARTIAL;
            }
            case Attribute known -> {
                AttributeCodec<?> row = AttributeTable.find(known.type()).orElseThrow();
                row.write(known, value, context);
                yield row.flags();
            }
        };
        value.flip();
        if (value.remaining() > 255) {
            out.put((byte) (flags | AttributeCodec.EXTENDED_LENGTH))
                    .put((byte) attribute.type()).putShort((short) value.remaining());
        } else {
            out.put((byte) flags).put((byte) attribute.type()).put((byte) value.remaining());
        }
        out.put(value);
    }
}
