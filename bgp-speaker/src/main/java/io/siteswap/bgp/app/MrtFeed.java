package io.siteswap.bgp.app;

import io.siteswap.bgp.mrt.MrtSession;
import io.siteswap.bgp.mrt.MrtWriter;
import io.siteswap.bgp.net.NeighborRunner;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Context;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records every message and change of state; all but the close is the loop's. */
final class MrtFeed implements AutoCloseable {

    static final String IDLE = "Idle";

    /** As RFC 6396 section 4.4.1 numbers them, from 1. */
    private static final List<String> STATES = List.of(IDLE, "Connect", "Active", "OpenSent",
            "OpenConfirm", "Established");

    private final MrtLog log;
    private final Map<String, Integer> states = new HashMap<>();

    private MrtFeed(MrtLog log) {
        this.log = log;
    }

    static MrtFeed start(MrtFiles files, Duration rotateEvery) {
        return new MrtFeed(MrtLog.start(files, rotateEvery));
    }

    void message(Wire wire, boolean sent, Context context, ByteBuffer message) {
        Instant now = Instant.now();
        MrtSession session = session(wire.neighbor(), Address.of(wire.local().getAddress()));
        ByteBuffer copy = ByteBuffer.allocate(message.remaining()).put(message.duplicate())
                .flip();
        log.offer(now, copy.remaining(), out -> out.message(now, session, sent, context, copy));
    }

    /** @param local where the session has, or had, its end; absent: it has none yet */
    void moved(NeighborRunner neighbor, Optional<InetSocketAddress> local, String state) {
        Instant now = Instant.now();
        int to = STATES.indexOf(state) + 1;
        // Neighbours that come by themselves may never come again.
        Integer before = state.equals(IDLE)
                ? states.remove(neighbor.name())
                : states.put(neighbor.name(), to);
        int from = before == null ? 1 : before;
        MrtSession session = session(neighbor,
                local.or(() -> neighbor.address().local())
                        .map(end -> Address.of(end.getAddress()))
                        .orElse(unknown(neighbor)));
        log.offer(now, 0, out -> out.stateChange(now, session, from, to));
    }

    /** Both ends have to be of one family. */
    private static Address unknown(NeighborRunner neighbor) {
        return switch (Address.of(neighbor.address().remote().getAddress()).family()) {
            case IPV4_UNICAST -> Address.parse("0.0.0.0");
            case IPV6_UNICAST -> Address.parse("::");
        };
    }

    private static MrtSession session(NeighborRunner neighbor, Address local) {
        return new MrtSession(neighbor.config().peerAs(), neighbor.config().localAs(), 0,
                Address.of(neighbor.address().remote().getAddress()), local);
    }

    @Override
    public void close() {
        log.close();
    }

    /** What is written once it is its turn. */
    interface Item {

        void write(MrtWriter out) throws IOException;
    }
}
