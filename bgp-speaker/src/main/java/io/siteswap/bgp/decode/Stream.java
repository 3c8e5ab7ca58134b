package io.siteswap.bgp.decode;

import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.RouteRefresh;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One direction of a connection: segments in any order in, messages in order out. What is missing
 * is told, and the next marker is a new start.
 */
final class Stream {

    /** So much may wait for an earlier segment before that one counts as lost. */
    static final int MAX_WAITING = 1 << 18;
    private static final int MAX_WAITING_SEGMENTS = 1024;
    private static final int MARKER = 16;

    private static final Context LENIENT = new Context(true, false).withExtendedMessages(true);

    /** What comes out. */
    sealed interface Piece {

        /** A whole message, header included. */
        record Message(ByteBuffer octets) implements Piece {
        }

        /** A header that is wrong where one was due; the search begins behind it. */
        record Broken(ByteBuffer octets) implements Piece {
        }

        /** Octets that were not captured. */
        record Lost(long octets) implements Piece {
        }

        /** Octets that are no message. */
        record Garbage(long octets) implements Piece {
        }
    }

    /** Position of the next octet, counted from where the stream was first seen. */
    private long next;
    /** Sequence number of position 0; empty before the first segment. */
    private int origin;
    private boolean started;
    private boolean searching;
    private long garbage;
    private byte[] buffer = new byte[0];
    private final TreeMap<Long, byte[]> waiting = new TreeMap<>();
    private int waitingOctets;

    List<Piece> take(Segment segment) {
        List<Piece> pieces = new ArrayList<>();
        if (segment.syn()) {
            start(segment.sequence() + 1);
            searching = false;
        } else if (!started && (segment.payload().hasRemaining() || segment.missing() > 0)) {
            start(segment.sequence());
            searching = true;
        }
        if (started && segment.payload().hasRemaining()) {
            place(segment, pieces);
        }
        if (started && segment.missing() > 0) {
            drain(pieces);
            cut(segment, pieces);
        }
        drain(pieces);
        return pieces;
    }

    /** Whether something came that an earlier segment is missing before. */
    boolean waits() {
        return !waiting.isEmpty();
    }

    /** Nothing more will come. */
    List<Piece> end() {
        List<Piece> pieces = new ArrayList<>();
        while (!waiting.isEmpty()) {
            skipTo(waiting.firstKey(), pieces);
            drain(pieces);
        }
        garbage += buffer.length;
        buffer = new byte[0];
        tellGarbage(pieces);
        return pieces;
    }

    private void start(int sequence) {
        started = true;
        origin = sequence;
        next = 0;
        buffer = new byte[0];
        waiting.clear();
        waitingOctets = 0;
        garbage = 0;
    }

    /** Sequence numbers wrap; positions do not. */
    private long position(int sequence) {
        return next + (sequence - (int) (origin + next));
    }

    private void place(Segment segment, List<Piece> pieces) {
        long position = position(segment.sequence());
        byte[] octets = new byte[segment.payload().remaining()];
        segment.payload().duplicate().get(octets);
        if (position + octets.length <= next) {
            return;
        }
        byte[] known = waiting.get(position);
        if (known == null || known.length < octets.length) {
            waiting.put(position, octets);
            waitingOctets += octets.length - (known == null ? 0 : known.length);
        }
        drain(pieces);
        while (waitingOctets > MAX_WAITING || waiting.size() > MAX_WAITING_SEGMENTS) {
            skipTo(waiting.firstKey(), pieces);
            drain(pieces);
        }
    }

    /** The rest of a segment that was not captured in full will never come. */
    private void cut(Segment segment, List<Piece> pieces) {
        long end = position(segment.sequence()) + segment.payload().remaining()
                + segment.missing();
        if (waiting.isEmpty() && end > next) {
            skipTo(end, pieces);
        }
    }

    private void skipTo(long position, List<Piece> pieces) {
        if (position <= next) {
            return;
        }
        garbage += buffer.length;
        buffer = new byte[0];
        tellGarbage(pieces);
        pieces.add(new Piece.Lost(position - next));
        next = position;
        searching = true;
    }

    /** Whatever continues where we are. */
    private void drain(List<Piece> pieces) {
        while (!waiting.isEmpty() && waiting.firstKey() <= next) {
            Map.Entry<Long, byte[]> first = waiting.pollFirstEntry();
            byte[] octets = first.getValue();
            waitingOctets -= octets.length;
            long known = next - first.getKey();
            if (known >= octets.length) {
                continue;
            }
            int from = (int) known;
            byte[] longer = Arrays.copyOf(buffer, buffer.length + octets.length - from);
            System.arraycopy(octets, from, longer, buffer.length, octets.length - from);
            buffer = longer;
            next += octets.length - from;
            messages(pieces);
        }
    }

    private void messages(List<Piece> pieces) {
        ByteBuffer in = ByteBuffer.wrap(buffer);
        while (in.hasRemaining()) {
            int start = in.position();
            if (searching && !findMarker(in)) {
                break;
            }
            int at = in.position();
            Frame frame = Frame.next(in, LENIENT);
            if (frame instanceof Frame.Incomplete) {
                break;
            }
            if (frame instanceof Frame.Broken || (searching && foreign(frame))) {
                if (!searching) {
                    pieces.add(new Piece.Broken(in.slice(start, Frame.HEADER)));
                }
                searching = true;
                garbage++;
                in.position(at + 1);
                continue;
            }
            tellGarbage(pieces);
            searching = false;
            pieces.add(new Piece.Message(in.slice(at, in.position() - at)));
        }
        buffer = Arrays.copyOfRange(buffer, in.position(), buffer.length);
    }

    /** A type that BGP does not have: the marker was none. */
    private static boolean foreign(Frame frame) {
        return frame instanceof Frame.Complete(int type, ByteBuffer _)
                && (type < Open.TYPE || type > RouteRefresh.TYPE);
    }

    /** To the next marker, or to where one might begin; what stands before is garbage. */
    private boolean findMarker(ByteBuffer in) {
        for (int at = in.position(); at + MARKER <= in.limit(); at++) {
            if (in.getLong(at) == -1 && in.getLong(at + 8) == -1) {
                garbage += at - in.position();
                in.position(at);
                return true;
            }
        }
        int keep = Math.min(in.remaining(), MARKER - 1);
        garbage += in.remaining() - keep;
        in.position(in.limit() - keep);
        return false;
    }

    private void tellGarbage(List<Piece> pieces) {
        if (garbage > 0) {
            pieces.add(new Piece.Garbage(garbage));
            garbage = 0;
        }
    }
}
