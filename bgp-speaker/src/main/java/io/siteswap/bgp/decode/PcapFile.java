package io.siteswap.bgp.decode;

import io.siteswap.bgp.mrt.RecordInput;
import io.siteswap.bgp.wire.Octets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;

/** The classic format: a header, then time, lengths and octets of each packet. */
final class PcapFile implements Capture {

    private static final int HEADER = 24;
    private static final int RECORD = 16;
    /** A record found while searching lies within so many seconds of the last good one. */
    private static final long MAX_STEP = 86_400;

    private final RecordInput in;
    private final ByteOrder order;
    private final int nanosPerFraction;
    private final int linkType;
    private long records;
    private long lastSeconds = -1;

    PcapFile(RecordInput in, ByteOrder order) throws IOException {
        this.in = in;
        this.order = order;
        ByteBuffer head = in.take(HEADER).order(order);
        this.nanosPerFraction = head.getInt(0) == PCAP_NANOS ? 1 : 1000;
        // The upper bits say how long a checksum behind each frame is.
        this.linkType = head.getInt(20) & 0x03FF_FFFF;
    }

    static Optional<ByteOrder> order(int magic) {
        int swapped = Integer.reverseBytes(magic);
        if (magic == PCAP_MICROS || magic == PCAP_NANOS) {
            return Optional.of(ByteOrder.BIG_ENDIAN);
        }
        return swapped == PCAP_MICROS || swapped == PCAP_NANOS
                ? Optional.of(ByteOrder.LITTLE_ENDIAN)
                : Optional.empty();
    }

    @Override
    public Optional<Captured> next() throws IOException {
        ByteBuffer head = in.peek(RECORD).order(order);
        if (!head.hasRemaining()) {
            return Optional.empty();
        }
        records++;
        long offset = in.offset();
        if (head.remaining() < RECORD) {
            return bad(offset, in.take(RECORD),
                    "The file ends inside the header of a packet.");
        }
        if (!plausible(head)) {
            ByteBuffer shown = in.peek(RECORD);
            Octets octets = Octets.read(shown.duplicate());
            long skipped = in.seek(RECORD, bytes -> plausible(bytes.order(order)));
            return Optional.of(new Captured.Bad(records, offset, octets,
                    "A packet of " + Integer.toUnsignedString(head.getInt(8)) + " octets; "
                            + skipped + " octets skipped."));
        }
        int captured = head.getInt(8);
        int missing = head.getInt(12) - captured;
        lastSeconds = head.getInt(0) & 0xFFFF_FFFFL;
        Instant time = Instant.ofEpochSecond(lastSeconds,
                (head.getInt(4) & 0xFFFF_FFFFL) * nanosPerFraction);
        in.take(RECORD);
        ByteBuffer data = in.take(captured);
        return data.remaining() < captured
                ? bad(offset, data, "The file ends inside a packet.")
                : Optional.of(new Captured.Packet(records, offset, time, linkType, data,
                        missing));
    }

    private boolean plausible(ByteBuffer head) {
        long seconds = head.getInt(0) & 0xFFFF_FFFFL;
        int captured = head.getInt(8);
        int original = head.getInt(12);
        boolean near = lastSeconds < 0 || Math.abs(seconds - lastSeconds) <= MAX_STEP;
        return near && captured >= 0 && captured <= original && original <= MAX_PACKET;
    }

    private Optional<Captured> bad(long offset, ByteBuffer octets, String reason) {
        return Optional.of(new Captured.Bad(records, offset,
                Octets.read(octets.limit(Math.min(octets.limit(), 64))), reason));
    }
}
