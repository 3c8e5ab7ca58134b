package io.siteswap.bgp.mrt;

import io.siteswap.bgp.wire.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads a dump record by record; a bad one becomes {@link MrtItem.Bad} and the next one follows.
 * Keeps one record and the table of peers in memory.
 */
public final class MrtReader {

    /** More than the widest record of a collector with thousands of peers. */
    static final int MAX_RECORD = 1 << 24;

    /** A header found while searching lies within so many seconds of the last good one. */
    private static final long MAX_STEP = 86_400;
    private static final int MAX_SHOWN = 64;

    private final RecordInput in;
    private final Deque<MrtItem> ready = new ArrayDeque<>();
    private List<MrtPeer> peers = List.of();
    private long records;
    private long lastSeconds = -1;

    public MrtReader(InputStream in) {
        this(new RecordInput(in));
    }

    public MrtReader(RecordInput in) {
        this.in = in;
    }

    /**
     * The next item; empty at the end.
     *
     * @throws IOException only if the stream itself fails
     */
    public Optional<MrtItem> next() throws IOException {
        while (ready.isEmpty()) {
            ByteBuffer head = in.peek(MrtType.HEADER);
            if (!head.hasRemaining()) {
                return Optional.empty();
            }
            records++;
            read(head);
        }
        return Optional.of(ready.remove());
    }

    private void read(ByteBuffer head) throws IOException {
        long offset = in.offset();
        if (head.remaining() < MrtType.HEADER) {
            Octets rest = Octets.read(in.take(head.remaining()));
            bad(offset, 0, rest, "The file ends inside the header of a record.");
            return;
        }
        long seconds = head.getInt(0) & 0xFFFF_FFFFL;
        int length = head.getInt(8);
        if (length < 0 || length > MAX_RECORD) {
            Octets shown = Octets.read(head.duplicate());
            long skipped = in.seek(MrtType.HEADER, this::plausible);
            bad(offset, seconds, shown, "A record of " + Integer.toUnsignedString(length)
                    + " octets; " + skipped + " octets skipped.");
            return;
        }
        in.take(MrtType.HEADER);
        ByteBuffer body = in.take(length);
        if (body.remaining() < length) {
            bad(offset, seconds, shown(body), "The file ends after " + body.remaining() + " of "
                    + length + " octets of a record.");
            return;
        }
        lastSeconds = seconds;
        record(offset, seconds, head(head), body);
    }

    private record Kind(int type, int subtype) {
    }

    private static Kind head(ByteBuffer head) {
        return new Kind(head.getShort(4) & 0xFFFF, head.getShort(6) & 0xFFFF);
    }

    private boolean plausible(ByteBuffer head) {
        long seconds = head.getInt(0) & 0xFFFF_FFFFL;
        Kind kind = head(head);
        int length = head.getInt(8);
        boolean known = kind.type == MrtType.TABLE_DUMP_V2 || kind.type == MrtType.BGP4MP
                || kind.type == MrtType.BGP4MP_ET;
        boolean near = lastSeconds < 0 || Math.abs(seconds - lastSeconds) <= MAX_STEP;
        return known && near && kind.subtype <= MrtType.MESSAGE_AS4_LOCAL_ADDPATH && length >= 8
                && length <= MAX_RECORD;
    }

    private void record(long offset, long seconds, Kind kind, ByteBuffer body) {
        Instant time = Instant.ofEpochSecond(seconds);
        if (kind.type == MrtType.BGP4MP_ET) {
            if (body.remaining() < 4) {
                bad(offset, seconds, shown(body), "A record without its microseconds.");
                return;
            }
            time = time.plusNanos((body.getInt() & 0xFFFF_FFFFL) * 1000);
        }
        MrtItem.Place at = new MrtItem.Place(records, offset, time);
        switch (kind.type) {
            case MrtType.TABLE_DUMP_V2 -> {
                List<MrtItem> items = TableReader.read(at, kind.subtype, body, peers);
                items.forEach(item -> {
                    if (item instanceof MrtItem.PeerIndex index) {
                        peers = index.peers();
                    }
                });
                ready.addAll(items);
            }
            case MrtType.BGP4MP, MrtType.BGP4MP_ET -> ready
                    .add(SessionReader.read(at, kind.type, kind.subtype, body));
            default -> ready.add(
                    new MrtItem.Foreign(at, kind.type, kind.subtype, body.remaining()));
        }
    }

    private void bad(long offset, long seconds, Octets shown, String reason) {
        ready.add(new MrtItem.Bad(
                new MrtItem.Place(records, offset, Instant.ofEpochSecond(seconds)), shown,
                reason));
    }

    /** Enough to recognize it; a whole record might be megabytes. */
    static Octets shown(ByteBuffer body) {
        ByteBuffer start = body.duplicate().rewind();
        return Octets.read(start.limit(Math.min(start.limit(), MAX_SHOWN)));
    }
}
