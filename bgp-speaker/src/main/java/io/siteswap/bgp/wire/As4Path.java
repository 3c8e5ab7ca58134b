package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** AS4_PATH (RFC 6793 section 3): the real path beside an AS_PATH of 2-octet numbers. */
public record As4Path(AsPath path) implements Attribute {

    static final int TYPE = 17;

    static final AttributeCodec<As4Path> CODEC = new AttributeCodec<>(TYPE, "AS4_PATH",
            As4Path.class, AttributeCodec.OPTIONAL_TRANSITIVE, Consequence.ATTRIBUTE_DISCARD, 9,
            As4Path::read, (path, out, _) -> path.path.write(out, 4));

    private static Parsed<As4Path> read(ByteBuffer in, Context context) {
        if (context.fourOctetAs()) {
            return new Parsed.Ignored<>("AS4_PATH from a neighbour with 4-octet AS numbers.");
        }
        // RFC 6793 section 6: confederation segments in here are left out.
        return switch (AsPath.read(in, 4, true)) {
            case Parsed.Value<AsPath>(AsPath path) -> new Parsed.Value<>(new As4Path(path));
            case Parsed.Malformed<AsPath>(String reason) -> new Parsed.Malformed<>(reason);
            case Parsed.Ignored<AsPath>(String reason) -> new Parsed.Ignored<>(reason);
        };
    }

    /**
     * The path with the 4-octet numbers back in place (RFC 6793 section 4.2.3): what AS_PATH has
     * more of at its front stays as it is.
     */
    AsPath mergeInto(AsPath short2) {
        int lead = short2.length() - path.length();
        if (lead < 0) {
            return short2;
        }
        List<AsPath.Segment> merged = new ArrayList<>();
        for (AsPath.Segment segment : short2.segments()) {
            if (lead == 0) {
                break;
            }
            int taken = switch (segment.kind()) {
                case SEQUENCE -> Math.min(lead, segment.numbers().size());
                case SET -> segment.numbers().size();
            };
            lead -= switch (segment.kind()) {
                case SEQUENCE -> taken;
                case SET -> 1;
            };
            merged.add(new AsPath.Segment(segment.kind(), segment.numbers().subList(0, taken)));
        }
        merged.addAll(path.segments());
        return new AsPath(joinSequences(merged));
    }

    /** A path that was one sequence on the way here is one again. */
    private static List<AsPath.Segment> joinSequences(List<AsPath.Segment> segments) {
        List<AsPath.Segment> joined = new ArrayList<>();
        for (AsPath.Segment segment : segments) {
            if (!joined.isEmpty() && joined.getLast().kind() == AsPath.Kind.SEQUENCE
                    && segment.kind() == AsPath.Kind.SEQUENCE) {
                List<Long> numbers = new ArrayList<>(joined.removeLast().numbers());
                numbers.addAll(segment.numbers());
                joined.add(new AsPath.Segment(AsPath.Kind.SEQUENCE, numbers));
            } else {
                joined.add(segment);
            }
        }
        return joined;
    }

    @Override
    public int type() {
        return TYPE;
    }
}
