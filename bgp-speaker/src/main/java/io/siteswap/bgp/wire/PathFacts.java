package io.siteswap.bgp.wire;

/**
 * What the choice between paths needs to know, read from a block of {@link PathBytes} without an
 * object per attribute. One instance serves many blocks, on one thread.
 */
public final class PathFacts {

    /** RFC 8326: the sender is about to go down. */
    public static final int GRACEFUL_SHUTDOWN = 1;
    /** RFC 9494: kept although its neighbour is gone for long. */
    public static final int LLGR_STALE = 1 << 1;
    /** RFC 9494: must not be kept like that. */
    public static final int NO_LLGR = 1 << 2;
    /** RFC 1997: not to another AS. */
    public static final int NO_EXPORT = 1 << 3;
    /** RFC 1997: to nobody. */
    public static final int NO_ADVERTISE = 1 << 4;
    /** LOCAL_PREF is there: only inside an AS. */
    public static final int HAS_LOCAL_PREF = 1 << 5;
    /** The next hop stands in MP_REACH_NLRI. */
    public static final int MULTIPROTOCOL = 1 << 6;
    /** ONLY_TO_CUSTOMER is there (RFC 9234). */
    public static final int HAS_OTC = 1 << 7;
    /** The next hop is no host: 0/8, 224/3, ::, ::1, ff00::/8. 127/8 is for labs. */
    public static final int MARTIAN_HOP = 1 << 8;
    /** The path went through a route reflector (RFC 4456). */
    public static final int HAS_ORIGINATOR = 1 << 9;

    private static final int COMMUNITY_LLGR_STALE = 0xFFFF0006;
    private static final int COMMUNITY_NO_LLGR = 0xFFFF0007;
    private static final int COMMUNITY_NO_EXPORT = 0xFFFFFF01;
    private static final int COMMUNITY_NO_ADVERTISE = 0xFFFFFF02;
    private static final int COMMUNITY_NO_EXPORT_SUBCONFED = 0xFFFFFF03;

    public int flags;
    /** 2 when absent, as INCOMPLETE. */
    public int origin;
    /** A set counts one. */
    public int pathLength;
    /** Number of times the AS asked about stands in the path. */
    public int ownAsCount;
    /** 0: the path is empty or starts with a set. */
    public int firstAs;
    /** 0: the path is empty or ends with a set. */
    public int originAs;
    public int med;
    public int localPref;
    /** 0 when the next hop is not IPv4. */
    public int nextHop;
    /** The next hop of either family, left-aligned as in {@link Address}. */
    public long hopHigh;
    public long hopLow;
    public int originatorId;
    public int clusterLength;
    public int onlyToCustomer;
    private int clusterFrom;
    private int clusterTo;

    /** @param ownAs counted in the path */
    public void read(byte[] in, int from, int to, int ownAs) {
        clear();
        for (int at = from; at < to;) {
            boolean extended = (in[at] & AttributeCodec.EXTENDED_LENGTH) != 0;
            int type = in[at + 1] & 0xFF;
            int value = at + (extended ? 4 : 3);
            int end = value + (extended ? UpdateScan.u16(in, at + 2) : in[at + 2] & 0xFF);
            attribute(in, type, value, end, ownAs);
            at = end;
        }
    }

    private void clear() {
        flags = 0;
        origin = 2;
        pathLength = 0;
        ownAsCount = 0;
        firstAs = 0;
        originAs = 0;
        med = 0;
        localPref = 100;
        nextHop = 0;
        hopHigh = 0;
        hopLow = 0;
        originatorId = 0;
        clusterLength = 0;
        onlyToCustomer = 0;
        clusterFrom = 0;
        clusterTo = 0;
    }

    private void attribute(byte[] in, int type, int from, int to, int ownAs) {
        switch (type) {
            case Origin.TYPE -> origin = in[from];
            case AsPath.TYPE -> path(in, from, to, ownAs);
            case NextHop.TYPE -> hop4(UpdateScan.i32(in, from));
            case MultiExitDisc.TYPE -> med = UpdateScan.i32(in, from);
            case LocalPref.TYPE -> {
                localPref = UpdateScan.i32(in, from);
                flags |= HAS_LOCAL_PREF;
            }
            case Communities.TYPE -> communities(in, from, to);
            case MpReach.TYPE -> reach(in, from);
            case OriginatorId.TYPE -> {
                if (to - from == 4) {
                    originatorId = UpdateScan.i32(in, from);
                    flags |= HAS_ORIGINATOR;
                }
            }
            case ClusterList.TYPE -> {
                clusterFrom = from;
                clusterTo = to;
                clusterLength = (to - from) / 4;
            }
            case OnlyToCustomer.TYPE -> {
                if (to - from == 4) {
                    onlyToCustomer = UpdateScan.i32(in, from);
                    flags |= HAS_OTC;
                }
            }
            default -> {
                // does not matter for the choice
            }
        }
    }

    private void path(byte[] in, int from, int to, int ownAs) {
        boolean first = true;
        for (int at = from; at < to;) {
            boolean sequence = in[at] == 2;
            int count = in[at + 1] & 0xFF;
            at += 2;
            pathLength += sequence ? count : 1;
            if (first && sequence) {
                firstAs = UpdateScan.i32(in, at);
            }
            first = false;
            for (int i = 0; i < count; i++, at += 4) {
                if (UpdateScan.i32(in, at) == ownAs) {
                    ownAsCount++;
                }
            }
            originAs = sequence ? UpdateScan.i32(in, at - 4) : 0;
        }
    }

    private void hop4(int address) {
        nextHop = address;
        hopHigh = (long) address << 32;
        hopLow = 0;
        int top = address >>> 24;
        if (top == 0 || top >= 224) {
            flags |= MARTIAN_HOP;
        }
    }

    private void reach(byte[] in, int from) {
        flags |= MULTIPROTOCOL;
        int length = in[from + 3] & 0xFF;
        if (length == 4) {
            hop4(UpdateScan.i32(in, from + 4));
            return;
        }
        nextHop = 0;
        hopHigh = i64(in, from + 4);
        hopLow = i64(in, from + 12);
        boolean multicast = hopHigh >>> 56 == 0xFF;
        boolean nobody = hopHigh == 0 && (hopLow == 0 || hopLow == 1);
        // Some say :: where they have only the link-local one that follows.
        boolean onLink = length == 32 && hopHigh == 0 && hopLow == 0
                && i64(in, from + 20) >>> 54 == 0xFE80 >>> 6;
        if (multicast || (nobody && !onLink)) {
            flags |= MARTIAN_HOP;
        }
    }

    /** The next hop is this address. */
    public boolean hopIs(Address address) {
        return hopHigh == address.high() && hopLow == address.low()
                && (nextHop != 0) == (address.family() == Family.IPV4_UNICAST);
    }

    private static long i64(byte[] in, int at) {
        return (long) UpdateScan.i32(in, at) << 32
                | (UpdateScan.i32(in, at + 4) & 0xFFFF_FFFFL);
    }

    private void communities(byte[] in, int from, int to) {
        for (int at = from; at < to; at += 4) {
            if (in[at] == -1) {
                flags |= switch (UpdateScan.i32(in, at)) {
                    case 0xFFFF0000 -> GRACEFUL_SHUTDOWN;
                    case COMMUNITY_LLGR_STALE -> LLGR_STALE;
                    case COMMUNITY_NO_LLGR -> NO_LLGR;
                    // Without confederations both mean the same.
                    case COMMUNITY_NO_EXPORT, COMMUNITY_NO_EXPORT_SUBCONFED -> NO_EXPORT;
                    case COMMUNITY_NO_ADVERTISE -> NO_ADVERTISE;
                    default -> 0;
                };
            }
        }
    }

    /** Whether CLUSTER_LIST of the block that was read last names this cluster. */
    public boolean wentThrough(byte[] in, int cluster) {
        for (int at = clusterFrom; at < clusterTo; at += 4) {
            if (UpdateScan.i32(in, at) == cluster) {
                return true;
            }
        }
        return false;
    }
}
