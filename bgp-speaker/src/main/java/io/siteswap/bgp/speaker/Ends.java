package io.siteswap.bgp.speaker;

import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.MessageEncoder;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.UpdatePacker;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** The markers around a table: End-of-RIB (RFC 4724), BoRR and EoRR (RFC 7313). */
final class Ends {

    private Ends() {
    }

    static Output.Send endOfRib(Peer peer, Family family, Map<Prefix, Stance> absent) {
        UpdatePacker out = new UpdatePacker(peer.context());
        out.endOfRib(family);
        return new Output.Send(List.of(peer.name()), out.finish(), 1, absent);
    }

    static Output.Send refreshBegin(Peer peer, Family family) {
        return refresh(peer, RouteRefresh.begin(family));
    }

    static Output.Send refreshEnd(Peer peer, Family family) {
        return refresh(peer, RouteRefresh.end(family));
    }

    private static Output.Send refresh(Peer peer, RouteRefresh message) {
        ByteBuffer encoded = MessageEncoder.encode(message, peer.context());
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return new Output.Send(List.of(peer.name()), bytes, 0, Map.of());
    }
}
