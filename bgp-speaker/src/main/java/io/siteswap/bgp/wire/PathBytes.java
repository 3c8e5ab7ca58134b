package io.siteswap.bgp.wire;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The attributes of a path as a block of bytes: as on the wire with 4-octet AS numbers, without
 * MP_UNREACH_NLRI, and with MP_REACH_NLRI only for its next hop, without a prefix.
 */
public final class PathBytes {

    /** Inside the speaker everything has 4 octets, and LOCAL_PREF counts. */
    private static final Context INSIDE = new Context(true, false).withExtendedMessages(true);

    /** Longer than any message can carry. */
    public static final int MAX = 0x10000;

    private PathBytes() {
    }

    /** From decoded attributes; unknown ones keep their flags. */
    public static byte[] of(Attributes attributes) {
        try {
            return of(attributes, ByteBuffer.allocate(Frame.MAX_LENGTH));
        } catch (BufferOverflowException e) {
            return of(attributes, ByteBuffer.allocate(MAX));
        }
    }

    private static byte[] of(Attributes attributes, ByteBuffer out) {
        for (Attribute attribute : attributes.list()) {
            switch (attribute) {
                case MpUnreach _ -> {
                    // belongs to the message, not to the path
                }
                case MpReach reach -> MessageEncoder.attribute(new MpReach(reach.family(),
                        reach.nextHop(), reach.linkLocal(), List.of()), out, INSIDE);
                case UnknownAttribute unknown -> {
                    int at = out.position();
                    MessageEncoder.attribute(unknown, out, INSIDE);
                    int length = out.get(at) & AttributeCodec.EXTENDED_LENGTH;
                    out.put(at,
                            (byte) ((unknown.flags() & ~AttributeCodec.EXTENDED_LENGTH) | length));
                }
                case Attribute other -> MessageEncoder.attribute(other, out, INSIDE);
            }
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    /** With ONLY_TO_CUSTOMER added (RFC 9234 section 5). */
    public static byte[] withOnlyToCustomer(byte[] bytes, long as) {
        return ByteBuffer.allocate(bytes.length + 7).put(bytes)
                .put((byte) AttributeCodec.OPTIONAL_TRANSITIVE).put((byte) OnlyToCustomer.TYPE)
                .put((byte) 4).putInt((int) as).array();
    }

    /** With the community LLGR_STALE added (RFC 9494 section 4.2). */
    public static byte[] withLlgrStale(byte[] bytes) {
        Attributes attributes = read(bytes);
        List<Community> values = new ArrayList<>(attributes.find(Communities.class)
                .map(Communities::values).orElse(List.of()));
        values.add(Community.LLGR_STALE);
        return of(attributes.with(new Communities(values)));
    }

    /** Back again; the bytes come from {@link #of} or were accepted by the decoder. */
    public static Attributes read(byte[] bytes) {
        return UpdateDecoder.attributes(ByteBuffer.wrap(bytes), INSIDE);
    }
}
