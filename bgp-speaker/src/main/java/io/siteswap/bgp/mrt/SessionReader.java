package io.siteswap.bgp.mrt;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import java.nio.ByteBuffer;
import java.util.Set;

/** Records about a session: BGP4MP and BGP4MP_ET (RFC 6396 section 4.4). */
final class SessionReader {

    private SessionReader() {
    }

    /** @param body behind the microseconds */
    static MrtItem read(MrtItem.Place at, int type, int subtype, ByteBuffer body) {
        boolean stateChange = subtype == MrtType.STATE_CHANGE
                || subtype == MrtType.STATE_CHANGE_AS4;
        if (!stateChange && !isMessage(subtype)) {
            return new MrtItem.Foreign(at, type, subtype, body.remaining());
        }
        boolean wide = isWide(subtype);
        int start = wide ? 12 : 8;
        if (body.remaining() < start) {
            return bad(at, body, "A record about a session of " + body.remaining()
                    + " octets.");
        }
        long peerAs = as(body, wide);
        long localAs = as(body, wide);
        int interfaceIndex = body.getShort() & 0xFFFF;
        int afi = body.getShort() & 0xFFFF;
        if (afi != 1 && afi != 2) {
            return bad(at, body, "A session of address family " + afi + ".");
        }
        if (body.remaining() < (afi == 1 ? 8 : 32)) {
            return bad(at, body, "The record ends inside the addresses of the session.");
        }
        MrtSession session = new MrtSession(peerAs, localAs, interfaceIndex,
                address(body, afi), address(body, afi));
        if (!stateChange) {
            return message(at, subtype, session, body.slice());
        }
        return body.remaining() < 4
                ? bad(at, body, "A change of state without the states.")
                : new MrtItem.StateChange(at, session, body.getShort() & 0xFFFF,
                        body.getShort() & 0xFFFF);
    }

    private static MrtItem message(MrtItem.Place at, int subtype, MrtSession session,
            ByteBuffer message) {
        boolean sent = subtype == MrtType.MESSAGE_LOCAL || subtype == MrtType.MESSAGE_AS4_LOCAL
                || subtype == MrtType.MESSAGE_LOCAL_ADDPATH
                || subtype == MrtType.MESSAGE_AS4_LOCAL_ADDPATH;
        Set<Family> paths = subtype >= MrtType.MESSAGE_ADDPATH
                ? Set.of(Family.values())
                : Set.of();
        // The record does not say how long messages may be: what is there was accepted.
        Context context = new Context(isWide(subtype), session.external())
                .withExtendedMessages(true).withAddPath(paths, paths)
                .withExtendedNextHop(Set.of(Family.values()));
        return new MrtItem.Message(at, session, sent, context, message);
    }

    private static boolean isMessage(int subtype) {
        return subtype == MrtType.MESSAGE || subtype == MrtType.MESSAGE_AS4
                || (subtype >= MrtType.MESSAGE_LOCAL
                        && subtype <= MrtType.MESSAGE_AS4_LOCAL_ADDPATH);
    }

    private static boolean isWide(int subtype) {
        return switch (subtype) {
            case MrtType.MESSAGE_AS4, MrtType.STATE_CHANGE_AS4, MrtType.MESSAGE_AS4_LOCAL,
                    MrtType.MESSAGE_AS4_ADDPATH, MrtType.MESSAGE_AS4_LOCAL_ADDPATH ->
                true;
            default -> false;
        };
    }

    private static long as(ByteBuffer in, boolean wide) {
        return wide ? in.getInt() & 0xFFFF_FFFFL : in.getShort() & 0xFFFFL;
    }

    private static Address address(ByteBuffer in, int afi) {
        return afi == 1 ? Address.v4(in.getInt()) : Address.v6(in.getLong(), in.getLong());
    }

    private static MrtItem bad(MrtItem.Place at, ByteBuffer body, String reason) {
        return new MrtItem.Bad(at, MrtReader.shown(body), reason);
    }
}
