package io.siteswap.bgp.app;

import io.siteswap.bgp.speaker.Speaker;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.UpdatePacker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a neighbour is told, in slices like {@link RouteWalk}: first our own prefixes, then the
 * routes that are passed on to it. Read back from bytes such as it gets.
 */
final class AdvertisedWalk {

    /** Whatever the neighbour agreed to, these hold it. */
    private static final Context BYTES = Context.INITIAL.withFourOctetAs(true)
            .withExtendedMessages(true).withExtendedNextHop(Set.of(Family.IPV4_UNICAST));

    /** What one visit found. */
    record Slice(List<RouteView> routes, Optional<RouteQuery.Cursor> next) {
    }

    private AdvertisedWalk() {
    }

    /** On the loop. */
    static Slice slice(Speaker speaker, String neighbor, RouteQuery.Cursor at) {
        List<RouteView> routes = new ArrayList<>();
        if (at.equals(RouteQuery.Cursor.START)) {
            speaker.advertised(neighbor).forEach(u -> routes.addAll(Views.advertised(u)));
        }
        UpdatePacker packed = new UpdatePacker(BYTES);
        Optional<Integer> next = speaker.passedOn(neighbor, at.family(), at.index(),
                RouteWalk.SLICE, packed);
        read(ByteBuffer.wrap(packed.finish())).forEach(u -> routes.addAll(Views.advertised(u)));
        return new Slice(routes, next.map(index -> new RouteQuery.Cursor(at.family(), index))
                .or(() -> RouteWalk.following(at.family())));
    }

    private static List<Update> read(ByteBuffer packed) {
        List<Update> updates = new ArrayList<>();
        while (Frame.next(packed, BYTES) instanceof Frame.Complete frame) {
            if (MessageDecoder.decode(frame, BYTES) instanceof Decoded.Ok(Update update, var _)) {
                updates.add(update);
            }
        }
        return updates;
    }
}
