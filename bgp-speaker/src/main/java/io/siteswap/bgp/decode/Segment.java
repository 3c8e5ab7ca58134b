package io.siteswap.bgp.decode;

import io.siteswap.bgp.wire.Address;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A TCP segment out of a captured frame.
 *
 * @param missing octets of the payload that were not captured
 */
record Segment(Address source, int sourcePort, Address destination, int destinationPort,
        int sequence, boolean syn, boolean ends, ByteBuffer payload, int missing) {

    private static final int TCP = 6;
    private static final int MAX_TAGS = 4;
    private static final int MAX_EXTENSIONS = 8;

    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;

    /** Empty for anything but TCP. */
    static Optional<Segment> of(int linkType, ByteBuffer frame) {
        return network(linkType, frame).flatMap(Segment::ip);
    }

    /** What the link carries, from the IP header on. */
    private static Optional<ByteBuffer> network(int linkType, ByteBuffer frame) {
        return switch (linkType) {
            case 0, 108 -> behind(frame, 4);
            case 1 -> ethernet(frame);
            case 12, 14, 101, 228, 229 -> Optional.of(frame);
            case 113 -> tagged(frame, 14);
            case 276 -> frame.remaining() < 2 || !isIp(frame.getShort(0) & 0xFFFF)
                    ? Optional.empty()
                    : behind(frame, 20);
            default -> Optional.empty();
        };
    }

    private static Optional<ByteBuffer> behind(ByteBuffer frame, int octets) {
        return frame.remaining() <= octets
                ? Optional.empty()
                : Optional.of(frame.slice(octets, frame.remaining() - octets));
    }

    private static Optional<ByteBuffer> ethernet(ByteBuffer frame) {
        return tagged(frame, 12);
    }

    /** VLAN tags (IEEE 802.1Q, 802.1ad) stand before the real type. */
    private static Optional<ByteBuffer> tagged(ByteBuffer frame, int typeAt) {
        int at = typeAt;
        for (int tags = 0; tags <= MAX_TAGS; tags++) {
            if (frame.remaining() < at + 2) {
                return Optional.empty();
            }
            int type = frame.getShort(at) & 0xFFFF;
            if (isIp(type)) {
                return behind(frame, at + 2);
            }
            if (type != 0x8100 && type != 0x88A8 && type != 0x9100) {
                return Optional.empty();
            }
            at += 4;
        }
        return Optional.empty();
    }

    private static boolean isIp(int etherType) {
        return etherType == 0x0800 || etherType == 0x86DD;
    }

    private static Optional<Segment> ip(ByteBuffer packet) {
        int version = packet.hasRemaining() ? (packet.get(0) & 0xF0) >> 4 : 0;
        return switch (version) {
            case 4 -> v4(packet);
            case 6 -> v6(packet);
            default -> Optional.empty();
        };
    }

    private static Optional<Segment> v4(ByteBuffer packet) {
        if (packet.remaining() < 20) {
            return Optional.empty();
        }
        int header = (packet.get(0) & 0xF) * 4;
        int total = packet.getShort(2) & 0xFFFF;
        boolean fragment = (packet.getShort(6) & 0x3FFF) != 0;
        if (packet.get(9) != TCP || fragment || header < 20 || packet.remaining() < header) {
            return Optional.empty();
        }
        // Segmentation left to the network card shows as 0.
        int length = total == 0 ? packet.remaining() : total;
        return tcp(packet, header, length, Address.v4(packet.getInt(12)),
                Address.v4(packet.getInt(16)));
    }

    private static Optional<Segment> v6(ByteBuffer packet) {
        if (packet.remaining() < 40) {
            return Optional.empty();
        }
        int payload = packet.getShort(4) & 0xFFFF;
        int length = payload == 0 ? packet.remaining() : 40 + payload;
        int next = packet.get(6) & 0xFF;
        int at = 40;
        for (int i = 0; i < MAX_EXTENSIONS && next != TCP; i++) {
            boolean skippable = next == 0 || next == 43 || next == 51 || next == 60;
            if (!skippable || packet.remaining() < at + 2) {
                return Optional.empty();
            }
            int units = packet.get(at + 1) & 0xFF;
            int octets = next == 51 ? (units + 2) * 4 : (units + 1) * 8;
            next = packet.get(at) & 0xFF;
            at += octets;
        }
        return next != TCP
                ? Optional.empty()
                : tcp(packet, at, length, Address.v6(packet.getLong(8), packet.getLong(16)),
                        Address.v6(packet.getLong(24), packet.getLong(32)));
    }

    /** @param length of the whole packet as its header says; behind it may stand padding */
    private static Optional<Segment> tcp(ByteBuffer packet, int at, int length, Address source,
            Address destination) {
        if (packet.remaining() < at + 20) {
            return Optional.empty();
        }
        int header = ((packet.get(at + 12) & 0xF0) >> 4) * 4;
        int start = at + header;
        if (header < 20 || length < start) {
            return Optional.empty();
        }
        int end = Math.min(length, packet.remaining());
        ByteBuffer payload = packet.slice(Math.min(start, end), Math.max(0, end - start));
        int flags = packet.get(at + 13);
        return Optional.of(new Segment(source, packet.getShort(at) & 0xFFFF, destination,
                packet.getShort(at + 2) & 0xFFFF, packet.getInt(at + 4), (flags & SYN) != 0,
                (flags & (FIN | RST)) != 0, payload, length - start - payload.remaining()));
    }
}
