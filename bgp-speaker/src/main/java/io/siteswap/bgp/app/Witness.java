package io.siteswap.bgp.app;

import io.siteswap.bgp.bmp.BmpOptions;
import io.siteswap.bgp.net.NeighborRunner;
import io.siteswap.bgp.net.WireTap;
import io.siteswap.bgp.session.Negotiated;
import io.siteswap.bgp.speaker.Speaker;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Context;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Passes what goes over the wire on to BMP collectors and MRT files; everything happens on the
 * loop, and nothing of it waits.
 */
final class Witness implements AutoCloseable {

    private final Optional<BmpFeed> bmp;
    private final Optional<MrtFeed> mrt;
    private final Optional<MrtTables> tables;
    /** The connections of the sessions that are up, by neighbour. */
    private final Map<String, Wire> wires = new HashMap<>();
    /** Our end of the newest connection, by neighbour, until it is Idle again. */
    private final Map<String, InetSocketAddress> ends = new HashMap<>();

    private Witness(Optional<BmpFeed> bmp, Optional<MrtFeed> mrt, Optional<MrtTables> tables) {
        this.bmp = bmp;
        this.mrt = mrt;
        this.tables = tables;
    }

    /**
     * Empty: nobody wants to hear anything.
     *
     * @throws IOException with one sentence for the operator
     */
    static Optional<Witness> start(SpeakerConfig config, Speaker speaker,
            ScheduledExecutorService loop)
            throws IOException {
        Optional<SpeakerOptions.Mrt> mrt = config.options().mrt();
        Optional<BmpOptions> bmp = config.options().bmp();
        if (bmp.isEmpty() && mrt.isEmpty()) {
            return Optional.empty();
        }
        Optional<MrtFiles> files = mrt.isPresent()
                ? Optional.of(MrtFiles.open(mrt.get().folder(), mrt.get().keep()))
                : Optional.empty();
        return Optional.of(new Witness(
                bmp.map(options -> BmpFeed.start(options, speaker, loop)),
                mrt.filter(SpeakerOptions.Mrt::updates)
                        .map(m -> MrtFeed.start(files.orElseThrow(), m.rotateEvery())),
                mrt.flatMap(SpeakerOptions.Mrt::tableEvery)
                        .map(period -> MrtTables.start(files.orElseThrow(), period,
                                Address.parse(config.routerId()), speaker.rib(), loop))));
    }

    WireTap tap(NeighborRunner neighbor, InetSocketAddress local, InetSocketAddress remote) {
        ends.put(neighbor.name(), local);
        return new Wire(this, neighbor, local, remote);
    }

    void agreed(Wire wire) {
        wires.put(wire.neighbor().name(), wire);
    }

    void up(NeighborRunner neighbor, Negotiated negotiated) {
        Optional.ofNullable(wires.get(neighbor.name()))
                .ifPresent(wire -> bmp.ifPresent(feed -> feed.up(wire, negotiated)));
    }

    void down(NeighborRunner neighbor) {
        Optional.ofNullable(wires.remove(neighbor.name()))
                .ifPresent(wire -> bmp.ifPresent(feed -> feed.down(wire)));
    }

    void moved(NeighborRunner neighbor, String state) {
        Optional<InetSocketAddress> end = Optional.ofNullable(ends.get(neighbor.name()));
        if (state.equals(MrtFeed.IDLE)) {
            ends.remove(neighbor.name());
        }
        mrt.ifPresent(feed -> feed.moved(neighbor, end, state));
    }

    /** @param message the whole of it, valid during the call */
    void message(Wire wire, boolean sent, int type, Context context, ByteBuffer message) {
        bmp.ifPresent(feed -> feed.message(wire, sent, type, message));
        mrt.ifPresent(feed -> feed.message(wire, sent, context, message));
    }

    @Override
    public void close() {
        bmp.ifPresent(BmpFeed::close);
        tables.ifPresent(MrtTables::close);
        mrt.ifPresent(MrtFeed::close);
    }
}
