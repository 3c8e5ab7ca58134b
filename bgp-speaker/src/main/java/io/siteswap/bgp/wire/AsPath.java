package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** AS_PATH (RFC 4271 section 5.1.2), with AS numbers of 2 or 4 octets (RFC 6793). */
public record AsPath(List<Segment> segments) implements Attribute {

    /** Part of a path. */
    public record Segment(Kind kind, List<Long> numbers) {
        public Segment {
            numbers = List.copyOf(numbers);
        }
    }

    /** What the numbers of a segment mean. */
    public enum Kind {
        SET(1), SEQUENCE(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    static final int TYPE = 2;
    static final int MAX_SEGMENT = 255;

    /** Segments inside a confederation (RFC 5065), which this speaker is never part of. */
    private static final int CONFED_SEQUENCE = 3;
    private static final int CONFED_SET = 4;

    static final AttributeCodec<AsPath> CODEC = new AttributeCodec<>(TYPE, "AS_PATH",
            AsPath.class, AttributeCodec.WELL_KNOWN, Consequence.TREAT_AS_WITHDRAW, 11,
            (in, context) -> read(in, context.fourOctetAs() ? 4 : 2, false),
            (path, out, context) -> path.write(out, context.fourOctetAs() ? 4 : 2));

    public AsPath {
        segments = List.copyOf(segments);
    }

    /** One sequence. */
    public static AsPath of(List<Long> numbers) {
        return new AsPath(
                numbers.isEmpty() ? List.of() : List.of(new Segment(Kind.SEQUENCE, numbers)));
    }

    /** The same AS {@code times} times. */
    public static AsPath repeat(long as, int times) {
        return of(Collections.nCopies(times, as));
    }

    /** With an AS in front of it (RFC 4271 section 5.1.2). */
    public AsPath prepended(long as) {
        List<Segment> longer = new ArrayList<>(segments);
        List<Long> first = new ArrayList<>(List.of(as));
        boolean joins = !segments.isEmpty() && segments.getFirst().kind == Kind.SEQUENCE
                && segments.getFirst().numbers.size() < MAX_SEGMENT;
        if (joins) {
            first.addAll(longer.removeFirst().numbers);
        }
        longer.addFirst(new Segment(Kind.SEQUENCE, first));
        return new AsPath(longer);
    }

    /** As the best path counts: a set is one. */
    public int length() {
        int length = 0;
        for (Segment segment : segments) {
            length += switch (segment.kind) {
                case SEQUENCE -> segment.numbers.size();
                case SET -> 1;
            };
        }
        return length;
    }

    public boolean contains(long as) {
        return segments.stream().anyMatch(s -> s.numbers.contains(as));
    }

    /** The neighbouring AS, if the path starts with a sequence. */
    public Optional<Long> first() {
        return segments.stream().findFirst().filter(s -> s.kind == Kind.SEQUENCE)
                .map(s -> s.numbers.getFirst());
    }

    /** All numbers from the nearest to the origin; sets flattened. */
    public List<Long> numbers() {
        return segments.stream().flatMap(s -> s.numbers.stream()).toList();
    }

    /**
     * @param width octets of an AS number
     * @param skipConfed leave out confederation segments rather than call them malformed
     */
    static Parsed<AsPath> read(ByteBuffer in, int width, boolean skipConfed) {
        List<Segment> segments = new ArrayList<>();
        while (in.hasRemaining()) {
            if (in.remaining() < 2) {
                return new Parsed.Malformed<>("AS_PATH ends inside a segment header.");
            }
            int kind = in.get() & 0xFF;
            int count = in.get() & 0xFF;
            boolean confed = kind == CONFED_SEQUENCE || kind == CONFED_SET;
            if (kind < 1 || kind > CONFED_SET || (confed && !skipConfed)) {
                return new Parsed.Malformed<>("AS_PATH segment of type " + kind + ".");
            }
            if (count == 0 || count * width > in.remaining()) {
                return new Parsed.Malformed<>("AS_PATH segment of " + count
                        + " numbers with " + in.remaining() + " octets left.");
            }
            List<Long> numbers = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                numbers.add(width == 4 ? in.getInt() & 0xFFFF_FFFFL : in.getShort() & 0xFFFFL);
            }
            if (!confed) {
                segments.add(new Segment(kind == 1 ? Kind.SET : Kind.SEQUENCE, numbers));
            }
        }
        return new Parsed.Value<>(new AsPath(segments));
    }

    void write(ByteBuffer out, int width) {
        for (Segment segment : segments) {
            List<Long> numbers = segment.numbers;
            for (int from = 0; from < numbers.size(); from += MAX_SEGMENT) {
                int to = Math.min(numbers.size(), from + MAX_SEGMENT);
                out.put((byte) segment.kind.code).put((byte) (to - from));
                numbers.subList(from, to).forEach(as -> putAs(out, as, width));
            }
        }
    }

    private static void putAs(ByteBuffer out, long as, int width) {
        if (width == 4) {
            out.putInt((int) as);
        } else {
            out.putShort((short) (as > 0xFFFF ? Open.AS_TRANS : as));
        }
    }

    @Override
    public int type() {
        return TYPE;
    }
}
