package io.siteswap.bgp.mrt;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AttributeTable;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.MessageEncoder;
import io.siteswap.bgp.wire.MpReach;
import io.siteswap.bgp.wire.MpUnreach;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * Attributes as a table dump stores them (RFC 6396 section 4.3.4): AS numbers of 4 octets, and of
 * MP_REACH_NLRI only the next hop, because the prefix stands beside. Made into the UPDATE they came
 * from, they are read by the same rules.
 */
final class StoredAttributes {

    /** Whether the route was external is not stored; internal loses nothing. */
    private static final Context CONTEXT = new Context(true, false).withExtendedMessages(true)
            .withExtendedNextHop(Set.of(Family.values()));
    private static final int MP_REACH = 14;
    /** What a whole MP_REACH_NLRI and a prefix take beyond a brief one, and more. */
    private static final int SPACE = 64;
    private static final int OPTIONAL = 0x80;
    /** OPTIONAL and TRANSITIVE. */
    private static final int KIND = 0xC0;
    /** UPDATE error: a mandatory attribute is not there. */
    private static final int MISSING = 3;
    private static final int EXTENDED_LENGTH = 0x10;
    /** Header, length of the withdrawn routes, length of the attributes. */
    private static final int BEFORE_ATTRIBUTES = Frame.HEADER + 4;

    private StoredAttributes() {
    }

    record Read(Attributes attributes, List<WireError> errors) {
    }

    static Read read(ByteBuffer stored, Prefix prefix) {
        Read read = decode(stored.duplicate(), prefix, true);
        boolean incomplete = !read.errors.isEmpty()
                && read.errors.stream().allMatch(e -> e.subcode() == MISSING);
        // Tables also hold routes of other protocols; what these have is shown all the same.
        return incomplete
                ? new Read(decode(stored.duplicate(), prefix, false).attributes, read.errors)
                : read;
    }

    /** @param announced with the prefix, which makes some attributes mandatory */
    private static Read decode(ByteBuffer stored, Prefix prefix, boolean announced) {
        ByteBuffer body = ByteBuffer.allocate(stored.remaining() + SPACE);
        body.putInt(0);
        copy(stored, prefix, announced, body);
        int length = body.position() - 4;
        if (announced && prefix.family() == Family.IPV4_UNICAST) {
            prefix(prefix, body);
        }
        // What is longer fits in no UPDATE; cut, it is malformed, which is what it is.
        body.putShort(2, (short) Math.min(length, 0xFFFF));
        return switch (MessageDecoder.decode(new Frame.Complete(Update.TYPE, body.flip()),
                CONTEXT)) {
            case Decoded.Ok(Update update, List<WireError> errors) -> new Read(
                    update.attributes().without(MpUnreach.class), errors);
            case Decoded.Ok(var _, List<WireError> errors) -> new Read(Attributes.NONE, errors);
            case Decoded.Broken(WireError error) -> new Read(Attributes.NONE, List.of(error));
        };
    }

    /** Attribute by attribute; what cannot be cut is copied as it is, for the decoder to judge. */
    private static void copy(ByteBuffer in, Prefix prefix, boolean announced,
            ByteBuffer out) {
        boolean reached = false;
        while (in.remaining() >= 3) {
            int start = in.position();
            boolean extended = (in.get(start) & EXTENDED_LENGTH) != 0;
            int header = extended ? 4 : 3;
            int length = in.remaining() < header
                    ? Integer.MAX_VALUE
                    : extended ? in.getShort(start + 2) & 0xFFFF : in.get(start + 2) & 0xFF;
            if (length > in.remaining() - header) {
                break;
            }
            boolean reach = (in.get(start + 1) & 0xFF) == MP_REACH;
            // The first octet of a whole one is the upper half of the AFI: 0.
            boolean brief = reach && !reached && length > 0
                    && (in.get(start + header) & 0xFF) == length - 1;
            if (brief) {
                reach(in.slice(start + header + 1, length - 1), prefix, announced, out);
            } else {
                int flags = in.get(start);
                out.put((byte) flagged(flags, in.get(start + 1) & 0xFF))
                        .put(in.slice(start + 1, header + length - 1));
            }
            in.position(start + header + length);
            // A second one is a fault, which is not made bigger here.
            reached |= reach;
        }
        out.put(in);
    }

    /** Some routers leave out OPTIONAL and TRANSITIVE here, though never on the wire. */
    private static int flagged(int flags, int type) {
        return AttributeTable.flags(type).map(right -> (flags & ~KIND) | right).orElse(flags);
    }

    private static void reach(ByteBuffer nextHop, Prefix prefix, boolean announced,
            ByteBuffer out) {
        out.put((byte) (OPTIONAL | EXTENDED_LENGTH)).put((byte) MP_REACH);
        int length = out.position();
        out.putShort((short) 0).putShort((short) prefix.family().afi())
                .put((byte) prefix.family().safi()).put((byte) nextHop.remaining()).put(nextHop)
                .put((byte) 0);
        if (announced && prefix.family() == Family.IPV6_UNICAST) {
            prefix(prefix, out);
        }
        out.putShort(length, (short) (out.position() - length - 2));
    }

    /** Length and as many octets as it needs. */
    static void prefix(Prefix prefix, ByteBuffer out) {
        out.put((byte) prefix.length());
        ByteBuffer address = ByteBuffer.allocate(16);
        prefix.address().write(address);
        out.put(address.flip().limit((prefix.length() + 7) / 8));
    }

    /** Without the prefix: it stands beside. */
    static ByteBuffer write(Attributes attributes) {
        Update update = new Update(List.of(),
                attributes.without(MpReach.class).without(MpUnreach.class), List.of());
        ByteBuffer message = MessageEncoder.encode(update, CONTEXT);
        ByteBuffer out = ByteBuffer.allocate(message.remaining() + 40);
        out.put(message.position(BEFORE_ATTRIBUTES));
        attributes.find(MpReach.class).ifPresent(reach -> {
            int length = reach.nextHop().octets()
                    + reach.linkLocal().map(Address::octets).orElse(0);
            out.put((byte) OPTIONAL).put((byte) MP_REACH).put((byte) (length + 1))
                    .put((byte) length);
            reach.nextHop().write(out);
            reach.linkLocal().ifPresent(address -> address.write(out));
        });
        return out.flip();
    }
}
