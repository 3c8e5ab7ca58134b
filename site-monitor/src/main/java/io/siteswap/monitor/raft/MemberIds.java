package io.siteswap.monitor.raft;

import java.util.Locale;
import org.apache.ratis.protocol.RaftPeerId;

/**
 * Who a member is to Raft. A member that has lost what it had on disk has also lost whom it voted for
 * and what it acknowledged, so it must not speak in the name of the one before: it takes a new id.
 * The first of a node has the node's name, later ones that and a mark that no name of a node has.
 */
final class MemberIds {

    private static final char MARK = '~';

    private MemberIds() {
    }

    /** The node that is this member. */
    static String node(String id) {
        int mark = id.indexOf(MARK);
        return mark < 0 ? id : id.substring(0, mark);
    }

    static String node(RaftPeerId id) {
        return node(id.toString());
    }

    /** Waits, or waited once, to be taken in. */
    static boolean joined(String id) {
        return id.indexOf(MARK) >= 0;
    }

    /** @param salt differs from start to start, e.g. the time */
    static String fresh(String node, long salt) {
        return node + MARK + Long.toString(salt, Character.MAX_RADIX).toLowerCase(Locale.ROOT);
    }
}
