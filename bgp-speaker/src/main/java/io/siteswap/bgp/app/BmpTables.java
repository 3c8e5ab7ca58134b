package io.siteswap.bgp.app;

import io.siteswap.bgp.bmp.BmpPeer;
import io.siteswap.bgp.bmp.BmpSource.Cursor;
import io.siteswap.bgp.bmp.BmpSource.Slice;
import io.siteswap.bgp.bmp.View;
import io.siteswap.bgp.net.NeighborRunner;
import io.siteswap.bgp.rib.Rib;
import io.siteswap.bgp.rib.Route;
import io.siteswap.bgp.session.Negotiated;
import io.siteswap.bgp.speaker.Speaker;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.MessageEncoder;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.UpdatePacker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of one neighbour as UPDATEs, for a collector that was not there when they came: what
 * it announces as far as we keep it, and what it was told.
 */
record BmpTables(BmpPeer peer, NeighborRunner neighbor, Negotiated negotiated, Speaker speaker) {

    static final Slice NOTHING = new Slice(List.of(), Optional.empty());

    /** Prefixes looked at in one visit to the loop. */
    private static final int SLICE = 1024;
    private static final int LENGTH = 16;

    Slice slice(View view, Cursor from) {
        return switch (view) {
            case ADJ_IN_PRE -> received(from);
            case ADJ_OUT_POST -> told(from);
            // Nobody is told of these live, so there is nothing to begin with.
            case ADJ_IN_POST, ADJ_OUT_PRE -> NOTHING;
        };
    }

    private Slice received(Cursor from) {
        if (negotiated.context().addPathReceive().contains(from.family())) {
            return again(from.family());
        }
        UpdatePacker out = new UpdatePacker(negotiated.context());
        Rib.Heard heard = speaker.rib().heard(neighbor.name(), from.family(), from.at(), SLICE);
        Map<Attributes, List<Prefix>> byAttributes = new LinkedHashMap<>();
        for (Route route : heard.routes()) {
            byAttributes.computeIfAbsent(route.attributes(), _ -> new ArrayList<>())
                    .add(route.prefix());
        }
        byAttributes.forEach((attributes, prefixes) -> {
            out.announce(from.family(), attributes);
            if (out.hasRoom()) {
                prefixes.forEach(out::add);
            }
        });
        return slice(out, List.of(), from.family(), heard.next());
    }

    /**
     * Path identifiers are not kept for anybody but the RIB: the neighbour itself tells its table
     * again, and the collector reads along.
     */
    private Slice again(Family family) {
        boolean _ = neighbor.askAgain();
        return new Slice(List.of(), after(family));
    }

    private Slice told(Cursor from) {
        UpdatePacker out = new UpdatePacker(negotiated.context());
        List<Octets> own = new ArrayList<>();
        if (from.equals(Cursor.START)) {
            for (Update update : speaker.advertised(neighbor.name())) {
                if (!update.allAnnounced().isEmpty()) {
                    own.add(Octets.read(MessageEncoder.encode(update, negotiated.context())));
                }
            }
        }
        Optional<Integer> next = speaker.passedOn(neighbor.name(), from.family(), from.at(),
                SLICE, out);
        return slice(out, own, from.family(), next);
    }

    private Slice slice(UpdatePacker out, List<Octets> before, Family family,
            Optional<Integer> next) {
        if (next.isEmpty() && negotiated.families().contains(family)) {
            out.endOfRib(family);
        }
        List<Octets> updates = new ArrayList<>(before);
        ByteBuffer packed = ByteBuffer.wrap(out.finish());
        while (packed.hasRemaining()) {
            int length = packed.getShort(packed.position() + LENGTH) & 0xFFFF;
            updates.add(Octets.read(packed.slice(packed.position(), length)));
            packed.position(packed.position() + length);
        }
        return new Slice(updates,
                next.map(at -> new Cursor(family, at)).or(() -> after(family)));
    }

    private static Optional<Cursor> after(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> Optional.of(new Cursor(Family.IPV6_UNICAST, 0));
            case IPV6_UNICAST -> Optional.empty();
        };
    }
}
