package io.siteswap.bgp.wire;

/**
 * Rewrites the block of an IPv4 path as a neighbour in another AS gets it: the same that decoding,
 * changing and encoding would give, without an object. For sessions with 4-octet AS numbers. One
 * instance serves many paths, on one thread.
 */
public final class PathRewrite {

    private static final int OWN_AS = 4;

    private final byte[] out = new byte[PathBytes.MAX + OWN_AS];
    private int length;

    /**
     * @param ownAs put in front of the path
     * @param nextHop ours
     * @return false: this path needs the long way
     */
    public boolean rewrite(byte[] in, long ownAs, int nextHop) {
        length = 0;
        for (int at = 0; at < in.length;) {
            boolean extended = (in[at] & AttributeCodec.EXTENDED_LENGTH) != 0;
            int type = in[at + 1] & 0xFF;
            int value = at + (extended ? 4 : 3);
            int end = value + (extended ? UpdateScan.u16(in, at + 2) : in[at + 2] & 0xFF);
            switch (type) {
                case MultiExitDisc.TYPE, LocalPref.TYPE, OriginatorId.TYPE, ClusterList.TYPE -> {
                    // not for another AS
                }
                case Origin.TYPE, AtomicAggregate.TYPE, Aggregator.TYPE, Communities.TYPE,
                        ExtendedCommunities.TYPE, LargeCommunities.TYPE, OnlyToCustomer.TYPE ->
                    copy(
                            in, at, end);
                case AsPath.TYPE -> {
                    if (value == end || in[value] != 2 || in[value + 1] == -1
                            || end - value + OWN_AS > 255) {
                        return false;
                    }
                    prepend(in, value, end, ownAs);
                }
                case NextHop.TYPE -> {
                    copy(in, at, value);
                    put32(nextHop);
                }
                default -> {
                    return false;
                }
            }
            at = end;
        }
        return true;
    }

    private void copy(byte[] in, int from, int to) {
        System.arraycopy(in, from, out, length, to - from);
        length += to - from;
    }

    /** Into the first segment, which has room. */
    private void prepend(byte[] in, int value, int end, long ownAs) {
        out[length++] = AttributeCodec.WELL_KNOWN;
        out[length++] = AsPath.TYPE;
        out[length++] = (byte) (end - value + OWN_AS);
        out[length++] = 2;
        out[length++] = (byte) (in[value + 1] + 1);
        put32((int) ownAs);
        copy(in, value + 2, end);
    }

    private void put32(int value) {
        out[length++] = (byte) (value >>> 24);
        out[length++] = (byte) (value >>> 16);
        out[length++] = (byte) (value >>> 8);
        out[length++] = (byte) value;
    }

    byte[] bytes() {
        return out;
    }

    int length() {
        return length;
    }
}
