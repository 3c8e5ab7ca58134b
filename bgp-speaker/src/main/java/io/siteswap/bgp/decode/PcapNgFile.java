package io.siteswap.bgp.decode;

import io.siteswap.bgp.mrt.RecordInput;
import io.siteswap.bgp.wire.Octets;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The newer format: blocks, of which sections, interfaces and packets matter here. */
final class PcapNgFile implements Capture {

    private static final int INTERFACE = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int NAME_RESOLUTION = 4;
    private static final int STATISTICS = 5;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int RESOLUTION = 9;

    private static final int MAX_BLOCK = 1 << 20;
    private static final int MAX_INTERFACES = 1 << 12;
    private static final int BLOCK_HEADER = 12;

    /** @param perSecond units of time stamps */
    private record Interface(int linkType, BigInteger perSecond) {
    }

    private final RecordInput in;
    private final List<Interface> interfaces = new ArrayList<>();
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private long records;

    PcapNgFile(RecordInput in) {
        this.in = in;
    }

    @Override
    public Optional<Captured> next() throws IOException {
        while (true) {
            ByteBuffer head = in.peek(BLOCK_HEADER);
            if (!head.hasRemaining()) {
                return Optional.empty();
            }
            records++;
            long offset = in.offset();
            if (head.remaining() >= BLOCK_HEADER && head.getInt(0) == PCAPNG) {
                section(head);
            }
            if (!plausible(head)) {
                Octets shown = Octets.read(head.duplicate());
                long skipped = in.seek(BLOCK_HEADER, this::wellKnown);
                return Optional.of(new Captured.Bad(records, offset, shown,
                        "This is not a block; " + skipped + " octets skipped."));
            }
            head.order(order);
            int type = head.getInt(0);
            int length = head.getInt(4);
            ByteBuffer block = in.take(length).order(order);
            if (block.remaining() < length) {
                return Optional.of(new Captured.Bad(records, offset,
                        Octets.read(block.limit(Math.min(64, block.limit()))),
                        "The file ends inside a block."));
            }
            Optional<Captured> packet = block(type, offset,
                    block.slice(8, length - 12).order(order));
            if (packet.isPresent()) {
                return packet;
            }
        }
    }

    private void section(ByteBuffer head) {
        order = head.getInt(8) == BYTE_ORDER
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
        interfaces.clear();
    }

    private boolean plausible(ByteBuffer head) {
        if (head.remaining() < BLOCK_HEADER) {
            return false;
        }
        int length = head.duplicate().order(order).getInt(4);
        return length >= BLOCK_HEADER && length % 4 == 0 && length <= MAX_BLOCK;
    }

    private boolean wellKnown(ByteBuffer head) {
        int type = head.duplicate().order(order).getInt(0);
        return plausible(head)
                && (type == PCAPNG || (type >= INTERFACE && type <= ENHANCED_PACKET));
    }

    private Optional<Captured> block(int type, long offset, ByteBuffer body) {
        return switch (type) {
            case INTERFACE -> addInterface(offset, body);
            case ENHANCED_PACKET, OLD_PACKET -> packet(type, offset, body);
            case SIMPLE_PACKET -> simplePacket(offset, body);
            case NAME_RESOLUTION, STATISTICS -> Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Captured> addInterface(long offset, ByteBuffer body) {
        if (body.remaining() < 8 || interfaces.size() >= MAX_INTERFACES) {
            return bad(offset, body, "An interface that cannot be read.");
        }
        int linkType = body.getShort(0) & 0xFFFF;
        BigInteger perSecond = BigInteger.valueOf(1_000_000);
        ByteBuffer options = body.slice(8, body.remaining() - 8).order(order);
        while (options.remaining() >= 4) {
            int code = options.getShort() & 0xFFFF;
            int length = options.getShort() & 0xFFFF;
            if (length > options.remaining()) {
                break;
            }
            if (code == RESOLUTION && length == 1) {
                int value = options.get(options.position()) & 0xFF;
                perSecond = BigInteger.valueOf(value < 0x80 ? 10 : 2).pow(value & 0x7F);
            }
            int padded = Math.min(options.remaining(), (length + 3) & ~3);
            options.position(options.position() + padded);
        }
        interfaces.add(new Interface(linkType, perSecond));
        return Optional.empty();
    }

    private Optional<Captured> packet(int type, long offset, ByteBuffer body) {
        if (body.remaining() < 20) {
            return bad(offset, body, "A packet of " + body.remaining() + " octets.");
        }
        int index = type == ENHANCED_PACKET ? body.getInt(0) : body.getShort(0) & 0xFFFF;
        long stamp = (long) body.getInt(4) << 32 | (body.getInt(8) & 0xFFFF_FFFFL);
        int captured = body.getInt(12);
        int original = body.getInt(16);
        if (index < 0 || index >= interfaces.size()) {
            return bad(offset, body, "A packet of an interface that was not described.");
        }
        if (captured < 0 || captured > body.remaining() - 20 || captured > MAX_PACKET) {
            return bad(offset, body, "A packet longer than its block.");
        }
        Interface at = interfaces.get(index);
        return Optional.of(new Captured.Packet(records, offset, time(stamp, at.perSecond),
                at.linkType, body.slice(20, captured), Math.max(0, original - captured)));
    }

    private Optional<Captured> simplePacket(long offset, ByteBuffer body) {
        if (body.remaining() < 4 || interfaces.isEmpty() || body.getInt(0) < 0) {
            return bad(offset, body, "A simple packet that cannot be read.");
        }
        int captured = Math.min(body.getInt(0), Math.min(body.remaining() - 4, MAX_PACKET));
        return Optional.of(new Captured.Packet(records, offset, Instant.EPOCH,
                interfaces.getFirst().linkType, body.slice(4, captured),
                body.getInt(0) - captured));
    }

    /** Exact for any resolution; a time beyond all calendars becomes the epoch. */
    private static Instant time(long stamp, BigInteger perSecond) {
        BigInteger[] seconds = new BigInteger(Long.toUnsignedString(stamp))
                .divideAndRemainder(perSecond);
        boolean calendar = seconds[0].bitLength() < 35;
        return calendar
                ? Instant.ofEpochSecond(seconds[0].longValueExact(), seconds[1]
                        .multiply(BigInteger.valueOf(1_000_000_000)).divide(perSecond)
                        .longValueExact())
                : Instant.EPOCH;
    }

    private Optional<Captured> bad(long offset, ByteBuffer body, String reason) {
        return Optional.of(new Captured.Bad(records, offset,
                Octets.read(body.duplicate().limit(Math.min(64, body.limit()))), reason));
    }
}
