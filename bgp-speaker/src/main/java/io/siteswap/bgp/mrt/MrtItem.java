package io.siteswap.bgp.mrt;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.WireError;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a record of an MRT file says. */
public sealed interface MrtItem {

    Place at();

    /**
     * @param record number in the file, from 1
     * @param offset of its first octet
     */
    record Place(long record, long offset, Instant time) {
    }

    /** Who the routes that follow come from (RFC 6396 section 4.3.1). */
    record PeerIndex(Place at, Address collector, String view,
            List<MrtPeer> peers) implements MrtItem {
    }

    /** One route of a table (RFC 6396 section 4.3.2); a record with several becomes several. */
    record Route(Place at, Prefix prefix, Entry entry) implements MrtItem {
    }

    /**
     * @param peer empty if the index is beyond the table of peers
     * @param pathId only in dumps of several paths (RFC 8050)
     * @param errors what is wrong with the attributes; its consequences are drawn
     */
    record Entry(int peerIndex, Optional<MrtPeer> peer, Instant originated,
            Optional<Long> pathId, Attributes attributes, List<WireError> errors) {
    }

    /**
     * A message with its header, as it came over the wire (RFC 6396 section 4.4.2).
     *
     * @param sent by the router that wrote the file, rather than received
     * @param context as far as the record says
     */
    record Message(Place at, MrtSession session, boolean sent, Context context,
            ByteBuffer message) implements MrtItem {
    }

    /**
     * RFC 6396 section 4.4.1.
     *
     * @param from state, numbered from Idle, 1, to Established, 6
     */
    record StateChange(Place at, MrtSession session, int from, int to) implements MrtItem {
    }

    /** A well-formed record of a kind that is not about unicast BGP. */
    record Foreign(Place at, int type, int subtype, int length) implements MrtItem {
    }

    /**
     * @param octets the beginning of what cannot be read
     * @param reason one sentence
     */
    record Bad(Place at, Octets octets, String reason) implements MrtItem {
    }
}
