package io.siteswap.bgp.mrt;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records of a table: TABLE_DUMP_V2 (RFC 6396 section 4.3, RFC 8050 section 4.2). */
final class TableReader {

    private static final int IPV6 = 1;
    private static final int AS4 = 2;

    private TableReader() {
    }

    static List<MrtItem> read(MrtItem.Place at, int subtype, ByteBuffer body,
            List<MrtPeer> peers) {
        return switch (subtype) {
            case MrtType.PEER_INDEX_TABLE -> List.of(peerIndex(at, body));
            case MrtType.RIB_IPV4_UNICAST -> rib(at, body, Family.IPV4_UNICAST, false, peers);
            case MrtType.RIB_IPV6_UNICAST -> rib(at, body, Family.IPV6_UNICAST, false, peers);
            case MrtType.RIB_IPV4_UNICAST_ADDPATH -> rib(at, body, Family.IPV4_UNICAST, true,
                    peers);
            case MrtType.RIB_IPV6_UNICAST_ADDPATH -> rib(at, body, Family.IPV6_UNICAST, true,
                    peers);
            default -> List.of(new MrtItem.Foreign(at, MrtType.TABLE_DUMP_V2, subtype,
                    body.remaining()));
        };
    }

    private static MrtItem peerIndex(MrtItem.Place at, ByteBuffer in) {
        if (in.remaining() < 8) {
            return bad(at, in, "A table of peers of " + in.remaining() + " octets.");
        }
        Address collector = Address.v4(in.getInt());
        int nameLength = in.getShort() & 0xFFFF;
        if (nameLength + 2 > in.remaining()) {
            return bad(at, in, "The name of the view does not fit in the table of peers.");
        }
        byte[] name = new byte[nameLength];
        in.get(name);
        int count = in.getShort() & 0xFFFF;
        List<MrtPeer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int type = in.hasRemaining() ? in.get() : 0;
            boolean wide = (type & AS4) != 0;
            int afi = (type & IPV6) != 0 ? 2 : 1;
            if (in.remaining() < 4 + (afi == 2 ? 16 : 4) + (wide ? 4 : 2)) {
                return bad(at, in, "The table of peers ends inside peer " + i + " of " + count
                        + ".");
            }
            peers.add(new MrtPeer(Address.v4(in.getInt()),
                    afi == 2 ? Address.v6(in.getLong(), in.getLong()) : Address.v4(in.getInt()),
                    wide ? in.getInt() & 0xFFFF_FFFFL : in.getShort() & 0xFFFFL));
        }
        return new MrtItem.PeerIndex(at, collector,
                new String(name, StandardCharsets.UTF_8), List.copyOf(peers));
    }

    private static List<MrtItem> rib(MrtItem.Place at, ByteBuffer in, Family family,
            boolean paths, List<MrtPeer> peers) {
        int bits = in.remaining() < 5 ? 0 : in.get(in.position() + 4) & 0xFF;
        int octets = (bits + 7) / 8;
        if (in.remaining() < 7 + octets || bits > family.bits()) {
            return List.of(bad(at, in, "A route to a prefix of " + bits + " bits in "
                    + in.remaining() + " octets."));
        }
        in.position(in.position() + 5);
        byte[] address = new byte[family.bits() / 8];
        in.get(address, 0, octets);
        Prefix prefix = new Prefix(Address.of(address), bits);
        int count = in.getShort() & 0xFFFF;
        List<MrtItem> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<MrtItem.Entry> entry = entry(in, prefix, paths, peers);
            if (entry.isEmpty()) {
                items.add(bad(at, in, "The routes to " + prefix + " end inside number " + i
                        + " of " + count + "."));
                return items;
            }
            items.add(new MrtItem.Route(at, prefix, entry.get()));
        }
        return items;
    }

    private static Optional<MrtItem.Entry> entry(ByteBuffer in, Prefix prefix, boolean paths,
            List<MrtPeer> peers) {
        int header = paths ? 12 : 8;
        if (in.remaining() < header) {
            return Optional.empty();
        }
        int index = in.getShort() & 0xFFFF;
        Instant originated = Instant.ofEpochSecond(in.getInt() & 0xFFFF_FFFFL);
        Optional<Long> pathId = paths
                ? Optional.of(in.getInt() & 0xFFFF_FFFFL)
                : Optional.empty();
        int length = in.getShort() & 0xFFFF;
        if (length > in.remaining()) {
            return Optional.empty();
        }
        ByteBuffer attributes = in.slice(in.position(), length);
        in.position(in.position() + length);
        StoredAttributes.Read read = StoredAttributes.read(attributes, prefix);
        Optional<MrtPeer> peer = index < peers.size()
                ? Optional.of(peers.get(index))
                : Optional.empty();
        return Optional.of(new MrtItem.Entry(index, peer, originated, pathId, read.attributes(),
                read.errors()));
    }

    private static MrtItem bad(MrtItem.Place at, ByteBuffer body, String reason) {
        return new MrtItem.Bad(at, MrtReader.shown(body), reason);
    }
}
