package io.siteswap.bgp.wire;

import java.util.Set;

/**
 * What two neighbours agreed on, as far as it changes the bytes.
 *
 * @param fourOctetAs AS numbers in AS_PATH and AGGREGATOR take 4 octets (RFC 6793)
 * @param external the neighbour is in another AS
 * @param extendedMessages all but OPEN and KEEPALIVE may be up to 65535 octets long (RFC 8654)
 * @param addPathReceive prefixes of these families arrive with a path identifier (RFC 7911)
 * @param addPathSend prefixes of these families leave with one
 * @param extendedNextHop routes of these families may have an IPv6 next hop (RFC 8950)
 */
public record Context(boolean fourOctetAs, boolean external, boolean extendedMessages,
        Set<Family> addPathReceive, Set<Family> addPathSend, Set<Family> extendedNextHop) {

    /** Before the OPENs are exchanged. */
    public static final Context INITIAL = new Context(false, true);

    public Context {
        addPathReceive = Set.copyOf(addPathReceive);
        addPathSend = Set.copyOf(addPathSend);
        extendedNextHop = Set.copyOf(extendedNextHop);
    }

    /** Nothing agreed beyond these two. */
    public Context(boolean fourOctetAs, boolean external) {
        this(fourOctetAs, external, false, Set.of(), Set.of(), Set.of());
    }

    public Context withFourOctetAs(boolean agreed) {
        return new Context(agreed, external, extendedMessages, addPathReceive, addPathSend,
                extendedNextHop);
    }

    public Context withExtendedMessages(boolean agreed) {
        return new Context(fourOctetAs, external, agreed, addPathReceive, addPathSend,
                extendedNextHop);
    }

    public Context withAddPath(Set<Family> receive, Set<Family> send) {
        return new Context(fourOctetAs, external, extendedMessages, receive, send,
                extendedNextHop);
    }

    public Context withExtendedNextHop(Set<Family> families) {
        return new Context(fourOctetAs, external, extendedMessages, addPathReceive, addPathSend,
                families);
    }

    /** Octets of the longest message of this type, header included. */
    public int maxLength(int messageType) {
        boolean extensible = messageType != Open.TYPE && messageType != Keepalive.TYPE;
        return extendedMessages && extensible ? Frame.MAX_EXTENDED : Frame.MAX_LENGTH;
    }
}
