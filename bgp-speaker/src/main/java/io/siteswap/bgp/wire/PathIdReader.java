package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the path identifiers (RFC 7911 section 3) out of an UPDATE, so that what is left reads as if
 * there were none: faults are found, and have their consequence, where they always are.
 */
final class PathIdReader {

    /** No prefix is that long: stands for a part that could not be read. */
    private static final byte UNREADABLE = -1;

    private final Context context;
    private final ByteBuffer out;
    private final List<Integer> withdrawn = new ArrayList<>();
    private final List<Integer> announced = new ArrayList<>();
    private final List<Integer> unreach = new ArrayList<>();
    private final List<Integer> reach = new ArrayList<>();

    PathIdReader(ByteBuffer body, Context context) {
        this.context = context;
        // Each attribute may grow by an octet of its length, each part by one that marks a fault.
        this.out = ByteBuffer.allocate(body.remaining() * 2 + 8);
        read(body.duplicate());
    }

    ByteBuffer plain() {
        return out.duplicate();
    }

    /** @param withdrawnAll the fault of the message made its announcements withdrawals */
    PathIds ids(boolean withdrawnAll) {
        List<Integer> gone = new ArrayList<>(withdrawn);
        List<Integer> here = new ArrayList<>(announced);
        here.addAll(reach);
        if (withdrawnAll) {
            gone.addAll(announced);
        }
        gone.addAll(unreach);
        if (withdrawnAll) {
            gone.addAll(reach);
        }
        return new PathIds(gone, withdrawnAll ? List.of() : here);
    }

    private void read(ByteBuffer in) {
        int withdrawnLength = in.getShort(in.position()) & 0xFFFF;
        int attributesAt = in.position() + 2 + withdrawnLength;
        boolean fits = attributesAt + 2 <= in.limit()
                && attributesAt + 2 + (in.getShort(attributesAt) & 0xFFFF) <= in.limit();
        if (!fits) {
            out.put(in).flip();
            return;
        }
        boolean four = context.addPathReceive().contains(Family.IPV4_UNICAST);
        part(() -> prefixes(
                in.slice(in.position() + 2, withdrawnLength), four, Family.IPV4_UNICAST,
                withdrawn));
        int attributesLength = in.getShort(attributesAt) & 0xFFFF;
        int announcedAt = attributesAt + 2 + attributesLength;
        part(
                () -> attributes(in.slice(attributesAt + 2, attributesLength)));
        prefixes(in.slice(announcedAt, in.limit() - announcedAt), four, Family.IPV4_UNICAST,
                announced);
        out.flip();
    }

    /** With two octets for its length in front. */
    private void part(Runnable content) {
        int at = out.position();
        out.putShort((short) 0);
        content.run();
        out.putShort(at, (short) (out.position() - at - 2));
    }

    private void attributes(ByteBuffer in) {
        while (in.remaining() >= 3) {
            boolean extended = (in.get(in.position()) & AttributeCodec.EXTENDED_LENGTH) != 0;
            int header = extended ? 4 : 3;
            if (in.remaining() < header) {
                break;
            }
            int type = in.get(in.position() + 1) & 0xFF;
            int length = extended
                    ? in.getShort(in.position() + 2) & 0xFFFF
                    : in.get(in.position() + 2) & 0xFF;
            if (in.remaining() < header + length) {
                break;
            }
            ByteBuffer whole = in.slice(in.position(), header + length);
            in.position(in.position() + header + length);
            attribute(type, whole, header);
        }
        out.put(in);
    }

    private void attribute(int type, ByteBuffer whole, int header) {
        int prefixesAt = prefixesAt(type, whole, header);
        if (prefixesAt == 0) {
            out.put(whole);
            return;
        }
        out.put((byte) (whole.get(0) | AttributeCodec.EXTENDED_LENGTH)).put((byte) type);
        part(() -> {
            out.put(whole.slice(header, prefixesAt - header));
            Family family = family(whole, header).orElseThrow();
            prefixes(whole.slice(prefixesAt, whole.limit() - prefixesAt), true, family,
                    type == MpReach.TYPE ? reach : unreach);
        });
    }

    /** 0: it has no path identifiers, or cannot be read. */
    private int prefixesAt(int type, ByteBuffer whole, int header) {
        boolean reaches = type == MpReach.TYPE;
        if ((!reaches && type != MpUnreach.TYPE) || whole.limit() < header + 3
                || family(whole, header).filter(context.addPathReceive()::contains).isEmpty()) {
            return 0;
        }
        if (!reaches) {
            return header + 3;
        }
        int at = whole.limit() < header + 5 ? 0 : header + 5 + (whole.get(header + 3) & 0xFF);
        return at <= whole.limit() ? at : 0;
    }

    private static Optional<Family> family(ByteBuffer whole, int header) {
        return Family.of(whole.getShort(header) & 0xFFFF, whole.get(header + 2) & 0xFF);
    }

    private void prefixes(ByteBuffer in, boolean identified, Family family, List<Integer> ids) {
        while (in.hasRemaining()) {
            if (identified && in.remaining() < 5) {
                out.put(UNREADABLE);
                return;
            }
            ids.add(identified ? in.getInt() : 0);
            int length = in.get() & 0xFF;
            int octets = (length + 7) / 8;
            if (length > family.bits() || octets > in.remaining()) {
                out.put(UNREADABLE);
                return;
            }
            out.put((byte) length);
            out.put(in.slice(in.position(), octets));
            in.position(in.position() + octets);
        }
    }
}
