package io.siteswap.bgp.net;

import io.siteswap.bgp.session.Negotiated;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;

/** What a neighbour's runner reports, on the event loop. */
public interface SessionListener {

    /**
     * @param local our end of the connection
     */
    void up(NeighborRunner neighbor, Negotiated negotiated, Address local);

    void down(NeighborRunner neighbor, String reason);

    /** The state has another name than before. */
    void moved(NeighborRunner neighbor, String state);

    void update(NeighborRunner neighbor, Update update);

    void refresh(NeighborRunner neighbor, RouteRefresh request);

    /** An attempt ended before the session was up. */
    void failed(NeighborRunner neighbor, String reason);

    /** A faulty UPDATE cost an attribute or routes, not the session. */
    void tolerated(NeighborRunner neighbor, WireError error);
}
