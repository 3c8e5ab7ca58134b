package io.siteswap.bgp.bmp.net;

import io.siteswap.bgp.bmp.BmpEncoder;
import io.siteswap.bgp.bmp.BmpMessage;
import io.siteswap.bgp.bmp.BmpMonitor;
import io.siteswap.bgp.bmp.BmpOptions;
import io.siteswap.bgp.bmp.BmpPeer;
import io.siteswap.bgp.bmp.BmpSource;
import io.siteswap.bgp.bmp.View;
import io.siteswap.bgp.wire.Octets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells every collector; each has a thread and a queue of its own. */
public final class BmpStation implements BmpMonitor, AutoCloseable {

    private final BmpOptions options;
    private final InstantSource clock;
    private final List<Feed> feeds = new ArrayList<>();
    private final PeersUp peers = new PeersUp();

    private BmpStation(BmpOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
    }

    /** Tells nobody before it is started; who is up by then is dumped. */
    public static BmpStation of(BmpOptions options, BmpSource source, InstantSource clock) {
        BmpStation station = new BmpStation(options, clock);
        for (BmpOptions.Collector collector : options.collectors()) {
            station.feeds.add(new Feed(collector, options, source, station.peers, clock));
        }
        return station;
    }

    /** Connects to the collectors. */
    public void start() {
        feeds.forEach(Feed::start);
    }

    @Override
    public boolean wants(View view) {
        return options.views().contains(view);
    }

    @Override
    public void up(BmpMessage.PeerUp peer) {
        synchronized (peers) {
            peers.add(peer);
            tell(peer);
        }
    }

    @Override
    public void down(BmpMessage.PeerDown peer) {
        synchronized (peers) {
            peers.remove(peer.peer());
            tell(peer);
        }
    }

    @Override
    public void update(BmpPeer peer, View view, Octets update) {
        if (wants(view)) {
            tell(new BmpMessage.RouteMonitoring(peer, clock.instant(), view, update));
        }
    }

    @Override
    public void stats(BmpPeer peer, List<BmpMessage.Stat> stats) {
        tell(new BmpMessage.Stats(peer, clock.instant(), stats));
    }

    private void tell(BmpMessage message) {
        byte[] encoded = BmpEncoder.encode(message);
        feeds.forEach(feed -> feed.offer(encoded));
    }

    /** How each collector is doing, by {@code host:port}. */
    public Map<String, FeedView> views() {
        Map<String, FeedView> views = new LinkedHashMap<>();
        feeds.forEach(feed -> views.put(feed.collector().toString(), feed.view()));
        return views;
    }

    /** Says why to every collector that is connected. */
    @Override
    public void close() {
        feeds.forEach(Feed::close);
    }
}
