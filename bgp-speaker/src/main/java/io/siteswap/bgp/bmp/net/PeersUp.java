package io.siteswap.bgp.bmp.net;

import io.siteswap.bgp.bmp.BmpMessage;
import io.siteswap.bgp.bmp.BmpPeer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who is up: what a collector hears first. Its monitor keeps a change and its report together, so
 * that nobody who connects in between hears of it twice or never.
 */
final class PeersUp {

    private volatile Map<BmpPeer, BmpMessage.PeerUp> all = Map.of();

    Map<BmpPeer, BmpMessage.PeerUp> all() {
        return all;
    }

    void add(BmpMessage.PeerUp peer) {
        Map<BmpPeer, BmpMessage.PeerUp> next = new LinkedHashMap<>(all);
        next.put(peer.peer(), peer);
        all = next;
    }

    void remove(BmpPeer peer) {
        Map<BmpPeer, BmpMessage.PeerUp> next = new LinkedHashMap<>(all);
        next.remove(peer);
        all = next;
    }
}
