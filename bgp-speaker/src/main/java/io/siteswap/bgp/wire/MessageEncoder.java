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
     * @throws java.nio.BufferOverflowException if it would exceed what was agreed on, 4096
     * octets or 65535 (RFC 8654): a bug of the caller
     */
    public static ByteBuffer encode(Message message, Context context) {
        ByteBuffer out = ByteBuffer.allocate(context.maxLength(message.type()));
        out.putLong(-1L).putLong(-1L).putShort((short) 0).put((byte) message.type());
        switch (message) {
            case Open open -> OpenCodec.write(open, out);
            case Update update -> update(update, out, context);
            case Notification notification -> notification(notification, out);
            case Keepalive _ -> {
                // the header is all there is
            }
            case RouteRefresh(int afi, int subtype, int safi) -> out.putShort((short) afi)
                    .put((byte) subtype).put((byte) safi);
        }
        out.putShort(16, (short) out.position());
        return out.flip();
    }

    /** The reason goes out in any case, if need be without all of its data. */
    private static void notification(Notification notification, ByteBuffer out) {
        out.put((byte) notification.code()).put((byte) notification.subcode());
        ByteBuffer data = notification.data().buffer();
        out.put(data.limit(Math.min(data.limit(), out.remaining())));
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
    static Attributes forPeer(Attributes attributes, Context context) {
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

    /** The value is written in place; a long one is moved to make room for its length. */
    static void attribute(Attribute attribute, ByteBuffer out, Context context) {
        int start = out.position();
        out.put((byte) 0).put((byte) attribute.type()).put((byte) 0);
        int flags = switch (attribute) {
            case UnknownAttribute unknown -> {
                unknown.value().write(out);
                // Whoever passes on what it does not understand says so (RFC 4271 section 5).
                yield (unknown.flags() & ~AttributeCodec.EXTENDED_LENGTH) | AttributeCodec.PARTIAL;
            }
            case Attribute known -> {
                AttributeCodec<?> row = AttributeTable.find(known.type()).orElseThrow();
                row.write(known, out, context);
                yield row.flags();
            }
        };
        int length = out.position() - start - 3;
        if (length > 255) {
            out.put((byte) 0);
            out.put(start + 4, out, start + 3, length);
            out.put(start, (byte) (flags | AttributeCodec.EXTENDED_LENGTH)).putShort(start + 2,
                    (short) length);
        } else {
            out.put(start, (byte) flags).put(start + 2, (byte) length);
        }
    }
}
