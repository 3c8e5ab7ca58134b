package io.siteswap.bgp.net;

import io.siteswap.bgp.session.Negotiated;
import io.siteswap.bgp.session.Retention;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/** What a neighbour's runner reports, on the event loop. */
public interface SessionListener {

    /** Asked for every new connection; nothing is copied for one without a tap. */
    default Optional<WireTap> tap(NeighborRunner neighbor, InetSocketAddress local,
            InetSocketAddress remote) {
        return Optional.empty();
    }

    /**
     * @param local our end of the connection
     */
    void up(NeighborRunner neighbor, Negotiated negotiated, Address local);

    /**
     * @param retention whose routes stay until {@link #flush} or until the session is up again and
     * its End-of-RIB came; empty: all are gone
     */
    void down(NeighborRunner neighbor, String reason, Optional<Retention> retention);

    /** Kept routes of these families are the last resort from here on (RFC 9494). */
    void stale(NeighborRunner neighbor, Set<Family> families);

    /** Kept routes of these families are gone. */
    void flush(NeighborRunner neighbor, Set<Family> families);

    /** Whether the established session takes more; what is sent nevertheless waits in memory. */
    void writable(NeighborRunner neighbor, boolean writable);

    /** The state has another name than before. */
    void moved(NeighborRunner neighbor, String state);

    void update(NeighborRunner neighbor, Update update);

    /**
     * The body of an UPDATE, valid during the call. False: nothing was done, it comes again
     * decoded.
     */
    boolean update(NeighborRunner neighbor, byte[] in, int from, int to);

    /** What was read at once has been told. */
    void batch(NeighborRunner neighbor);

    void refresh(NeighborRunner neighbor, RouteRefresh request);

    /** An attempt ended before the session was up. */
    void failed(NeighborRunner neighbor, String reason);

    /** A faulty UPDATE cost an attribute or routes, not the session. */
    void tolerated(NeighborRunner neighbor, WireError error);
}
