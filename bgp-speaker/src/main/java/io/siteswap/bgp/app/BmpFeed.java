package io.siteswap.bgp.app;

import io.siteswap.bgp.bmp.BmpMessage;
import io.siteswap.bgp.bmp.BmpMessage.DownReason;
import io.siteswap.bgp.bmp.BmpMessage.Stat;
import io.siteswap.bgp.bmp.BmpOptions;
import io.siteswap.bgp.bmp.BmpPeer;
import io.siteswap.bgp.bmp.BmpSource;
import io.siteswap.bgp.bmp.View;
import io.siteswap.bgp.bmp.net.BmpStation;
import io.siteswap.bgp.rib.Rejection;
import io.siteswap.bgp.rib.Rib;
import io.siteswap.bgp.session.Negotiated;
import io.siteswap.bgp.speaker.Speaker;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Update;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells BMP collectors of the sessions and their routes; everything but the close is the loop's. */
final class BmpFeed implements BmpSource, AutoCloseable {

    private final BmpStation station;
    private final Speaker speaker;
    private final ScheduledExecutorService loop;
    private final Future<?> reports;
    private final Map<String, BmpTables> tables = new HashMap<>();

    private BmpFeed(BmpOptions options, Speaker speaker, ScheduledExecutorService loop) {
        this.station = BmpStation.of(options, this, InstantSource.system());
        this.speaker = speaker;
        this.loop = loop;
        long pause = options.statistics().toMillis();
        this.reports = loop.scheduleAtFixedRate(this::report, pause, pause,
                TimeUnit.MILLISECONDS);
    }

    static BmpFeed start(BmpOptions options, Speaker speaker, ScheduledExecutorService loop) {
        BmpFeed feed = new BmpFeed(options, speaker, loop);
        feed.station.start();
        return feed;
    }

    /** RFC 7854 section 4.8, of every neighbour that is up. */
    private void report() {
        tables.forEach((name, table) -> station.stats(table.peer(), stats(name)));
    }

    private List<Stat> stats(String neighbor) {
        Rib rib = speaker.rib();
        return List.of(
                new Stat(Stat.REJECTED_PREFIXES, rib.rejected(neighbor, Rejection.FILTERED)),
                new Stat(Stat.LOOPS, rib.rejected(neighbor, Rejection.OWN_AS)),
                new Stat(Stat.ADJ_RIB_IN_ROUTES, rib.size(neighbor)),
                new Stat(Stat.LOC_RIB_ROUTES,
                        rib.size(Family.IPV4_UNICAST) + rib.size(Family.IPV6_UNICAST)),
                new Stat(Stat.ADJ_RIB_OUT_POST_ROUTES, speaker.announced(neighbor)));
    }

    void up(Wire wire, Negotiated negotiated) {
        BmpPeer peer = new BmpPeer(Address.of(wire.remote().getAddress()), negotiated.peerAs(),
                negotiated.peerId(), negotiated.context().fourOctetAs());
        tables.put(wire.neighbor().name(),
                new BmpTables(peer, wire.neighbor(), negotiated, speaker));
        station.up(new BmpMessage.PeerUp(peer, Instant.now(),
                Address.of(wire.local().getAddress()), wire.local().getPort(),
                wire.remote().getPort(), wire.sentOpen(), wire.receivedOpen()));
    }

    void down(Wire wire) {
        Optional.ofNullable(tables.remove(wire.neighbor().name()))
                .ifPresent(table -> station.down(new BmpMessage.PeerDown(table.peer(),
                        Instant.now(), reason(wire))));
    }

    private static DownReason reason(Wire wire) {
        if (wire.receivedNotification().isPresent()) {
            return new DownReason.RemoteNotification(wire.receivedNotification().get());
        }
        if (wire.sentNotification().isPresent()) {
            return new DownReason.LocalNotification(wire.sentNotification().get());
        }
        return wire.wasLost() ? new DownReason.RemoteSilent() : new DownReason.LocalSilent(0);
    }

    void message(Wire wire, boolean sent, int type, ByteBuffer message) {
        View view = sent ? View.ADJ_OUT_POST : View.ADJ_IN_PRE;
        BmpTables known = tables.get(wire.neighbor().name());
        if (type == Update.TYPE && known != null && station.wants(view)) {
            station.update(known.peer(), view, Octets.read(message.duplicate()));
        }
    }

    @Override
    public void slice(BmpPeer peer, View view, Cursor from, Consumer<Slice> answer) {
        loop.execute(() -> answer.accept(tables.values().stream()
                .filter(table -> table.peer().equals(peer)).findFirst()
                .map(table -> table.slice(view, from))
                .orElse(BmpTables.NOTHING)));
    }

    @Override
    public void close() {
        reports.cancel(false);
        station.close();
    }
}
