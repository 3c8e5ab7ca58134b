package io.siteswap.bgp.wire;

import java.util.Arrays;

/**
 * Finds the parts of an UPDATE without an object per part, as long as nothing about it is special.
 *
 * <p>
 * {@code true} means: the full decoder would take these bytes without any fault, and sees the same
 * prefixes and attributes. {@code false} means only that somebody has to look closer. Attributes
 * this scan does not know, sets of AS numbers, sessions with 2-octet numbers, End-of-RIB: all are
 * left to the full decoder. One instance serves many messages, on one thread.
 */
public final class UpdateScan {

    private static final int AFI_IPV6 = 2;
    private static final int UNICAST = 1;
    private static final int SEQUENCE = 2;

    private int withdrawnFrom;
    private int withdrawnTo;
    private int attributesFrom;
    private int attributesTo;
    private int announcedFrom;
    private int announcedTo;
    private int reachFrom;
    private int reachTo;
    private int reachHopFrom;
    private int reachHopTo;
    private int unreachFrom;
    private int unreachTo;
    private final long[] seen = new long[4];

    /**
     * Cuts the body, which stands at {@code from} to {@code to}, into its three parts and checks
     * the prefixes; the attributes are still unread.
     */
    public boolean cut(byte[] in, int from, int to) {
        reachFrom = 0;
        reachTo = 0;
        unreachFrom = 0;
        unreachTo = 0;
        withdrawnFrom = from + 2;
        withdrawnTo = withdrawnFrom + u16(in, from);
        if (withdrawnTo + 2 > to) {
            return false;
        }
        attributesFrom = withdrawnTo + 2;
        attributesTo = attributesFrom + u16(in, withdrawnTo);
        if (attributesTo > to) {
            return false;
        }
        announcedFrom = attributesTo;
        announcedTo = to;
        boolean empty = announcedFrom == announcedTo && attributesFrom == attributesTo;
        if (empty && withdrawnFrom == withdrawnTo) {
            return false;
        }
        return prefixesFit(in, withdrawnFrom, withdrawnTo, 32)
                && prefixesFit(in, announcedFrom, announcedTo, 32);
    }

    /** Reads the attributes of the UPDATE that was cut. */
    public boolean readAttributes(byte[] in, boolean external) {
        Arrays.fill(seen, 0);
        int at = attributesFrom;
        while (at < attributesTo) {
            if (attributesTo - at < 3) {
                return false;
            }
            int flags = in[at] & 0xFF;
            int type = in[at + 1] & 0xFF;
            boolean extended = (flags & AttributeCodec.EXTENDED_LENGTH) != 0;
            if (extended && attributesTo - at < 4) {
                return false;
            }
            int value = at + (extended ? 4 : 3);
            int end = value + (extended ? u16(in, at + 2) : in[at + 2] & 0xFF);
            if (end > attributesTo || has(type) || !readAttribute(in, flags, type, value, end,
                    external)) {
                return false;
            }
            seen[type >> 6] |= 1L << type;
            at = end;
        }
        return mandatory();
    }

    private boolean readAttribute(byte[] in, int flags, int type, int from, int to,
            boolean external) {
        int kind = flags & AttributeCodec.OPTIONAL_TRANSITIVE;
        int length = to - from;
        return switch (type) {
            case Origin.TYPE -> kind == AttributeCodec.WELL_KNOWN && length == 1
                    && (in[from] & 0xFF) <= 2;
            case AsPath.TYPE -> kind == AttributeCodec.WELL_KNOWN && pathFits(in, from, to);
            case NextHop.TYPE -> kind == AttributeCodec.WELL_KNOWN && length == 4;
            case MultiExitDisc.TYPE -> kind == AttributeCodec.OPTIONAL && length == 4;
            case LocalPref.TYPE -> kind == AttributeCodec.WELL_KNOWN && length == 4 && !external;
            case AtomicAggregate.TYPE -> kind == AttributeCodec.WELL_KNOWN && length == 0;
            case Aggregator.TYPE -> kind == AttributeCodec.OPTIONAL_TRANSITIVE && length == 8
                    && i32(in, from) != 0;
            case Communities.TYPE -> kind == AttributeCodec.OPTIONAL_TRANSITIVE && length > 0
                    && length % 4 == 0;
            case ExtendedCommunities.TYPE -> kind == AttributeCodec.OPTIONAL_TRANSITIVE
                    && length > 0 && length % 8 == 0;
            case LargeCommunities.TYPE -> kind == AttributeCodec.OPTIONAL_TRANSITIVE
                    && length > 0 && length % 12 == 0;
            case OnlyToCustomer.TYPE -> kind == AttributeCodec.OPTIONAL_TRANSITIVE
                    && length == 4;
            case OriginatorId.TYPE -> kind == AttributeCodec.OPTIONAL && length == 4
                    && !external;
            case ClusterList.TYPE -> kind == AttributeCodec.OPTIONAL && length > 0
                    && length % 4 == 0 && !external;
            case MpReach.TYPE -> kind == AttributeCodec.OPTIONAL && reachFits(in, from, to);
            case MpUnreach.TYPE -> kind == AttributeCodec.OPTIONAL && unreachFits(in, from, to);
            default -> false;
        };
    }

    /** Sequences only, and no AS 0 (RFC 7607). */
    private static boolean pathFits(byte[] in, int from, int to) {
        int at = from;
        while (at < to) {
            if (to - at < 2 || in[at] != SEQUENCE) {
                return false;
            }
            int count = in[at + 1] & 0xFF;
            at += 2;
            if (count == 0 || count * 4 > to - at) {
                return false;
            }
            for (int i = 0; i < count; i++, at += 4) {
                if (i32(in, at) == 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** IPv6 with a global next hop, and perhaps a link-local one; at least one prefix. */
    private boolean reachFits(byte[] in, int from, int to) {
        if (to - from < 5 || u16(in, from) != AFI_IPV6 || in[from + 2] != UNICAST) {
            return false;
        }
        int hop = in[from + 3] & 0xFF;
        int prefixes = from + 5 + hop;
        if ((hop != 16 && hop != 32) || prefixes >= to) {
            return false;
        }
        reachHopFrom = from + 4;
        reachHopTo = prefixes - 1;
        reachFrom = prefixes;
        reachTo = to;
        return prefixesFit(in, prefixes, to, 128);
    }

    private boolean unreachFits(byte[] in, int from, int to) {
        if (to - from < 4 || in[from + 2] != UNICAST || u16(in, from) != AFI_IPV6) {
            return false;
        }
        unreachFrom = from + 3;
        unreachTo = to;
        return prefixesFit(in, unreachFrom, to, 128);
    }

    private boolean mandatory() {
        boolean four = announcedFrom < announcedTo;
        boolean six = reachFrom < reachTo;
        if (!four && !six) {
            // Attributes of no route are odd enough to look closer.
            return attributesFrom == attributesTo || (unreachFrom < unreachTo
                    && seen[0] == 1L << MpUnreach.TYPE && seen[1] + seen[2] + seen[3] == 0);
        }
        return has(Origin.TYPE) && has(AsPath.TYPE) && (!four || has(NextHop.TYPE));
    }

    private boolean has(int type) {
        return (seen[type >> 6] & 1L << type) != 0;
    }

    private static boolean prefixesFit(byte[] in, int from, int to, int bits) {
        int at = from;
        while (at < to) {
            int length = in[at] & 0xFF;
            if (length > bits) {
                return false;
            }
            at += 1 + ((length + 7) >> 3);
        }
        return at == to;
    }

    /** Withdrawn IPv4 prefixes, as on the wire. */
    public int withdrawnFrom() {
        return withdrawnFrom;
    }

    public int withdrawnTo() {
        return withdrawnTo;
    }

    /** All attributes; not canonical when {@link #multiprotocol()}. */
    public int attributesFrom() {
        return attributesFrom;
    }

    public int attributesTo() {
        return attributesTo;
    }

    /** Announced IPv4 prefixes, as on the wire. */
    public int announcedFrom() {
        return announcedFrom;
    }

    public int announcedTo() {
        return announcedTo;
    }

    /** Announced IPv6 prefixes; empty when there are none. */
    public int reachFrom() {
        return reachFrom;
    }

    public int reachTo() {
        return reachTo;
    }

    /** Withdrawn IPv6 prefixes; empty when there are none. */
    public int unreachFrom() {
        return unreachFrom;
    }

    public int unreachTo() {
        return unreachTo;
    }

    /** MP_REACH_NLRI or MP_UNREACH_NLRI stand among the attributes. */
    public boolean multiprotocol() {
        return has(MpReach.TYPE) || has(MpUnreach.TYPE);
    }

    /**
     * Writes the attributes as {@link PathBytes} describes them: of the IPv6 routes with their next
     * hop, of the IPv4 routes without. Returns the length; {@code out} has room for the message.
     */
    public int writePath(byte[] in, boolean six, byte[] out) {
        int length = 0;
        for (int at = attributesFrom; at < attributesTo;) {
            boolean extended = (in[at] & AttributeCodec.EXTENDED_LENGTH) != 0;
            int type = in[at + 1] & 0xFF;
            int end = at + (extended ? 4 + u16(in, at + 2) : 3 + (in[at + 2] & 0xFF));
            boolean plain = type != MpReach.TYPE && type != MpUnreach.TYPE
                    && !(six && type == NextHop.TYPE);
            if (plain) {
                System.arraycopy(in, at, out, length, end - at);
                length += end - at;
            }
            at = end;
        }
        return six ? writeReach(in, out, length) : length;
    }

    private int writeReach(byte[] in, byte[] out, int at) {
        int hop = reachHopTo - reachHopFrom;
        out[at] = (byte) AttributeCodec.OPTIONAL;
        out[at + 1] = MpReach.TYPE;
        out[at + 2] = (byte) (5 + hop);
        out[at + 3] = 0;
        out[at + 4] = AFI_IPV6;
        out[at + 5] = UNICAST;
        out[at + 6] = (byte) hop;
        System.arraycopy(in, reachHopFrom, out, at + 7, hop);
        out[at + 7 + hop] = 0;
        return at + 8 + hop;
    }

    static int u16(byte[] in, int at) {
        return ((in[at] & 0xFF) << 8) | (in[at + 1] & 0xFF);
    }

    static int i32(byte[] in, int at) {
        return (in[at] << 24) | ((in[at + 1] & 0xFF) << 16) | ((in[at + 2] & 0xFF) << 8)
                | (in[at + 3] & 0xFF);
    }
}
