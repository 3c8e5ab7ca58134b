package io.siteswap.bgp.bmp;

import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Octets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a collector that has just connected gets what is there already: the RIB. */
public interface BmpSource {

    /**
     * A piece of a table.
     *
     * @param updates whole UPDATE messages, as of the moment of the call
     * @param next where the next piece goes on; empty: this was the last
     */
    record Slice(List<Octets> updates, Optional<Cursor> next) {

        public Slice {
            updates = List.copyOf(updates);
        }
    }

    /** A place in a table; what the number means is the RIB's affair. */
    record Cursor(Family family, int at) {

        public static final Cursor START = new Cursor(Family.IPV4_UNICAST, 0);
    }

    /**
     * The next routes of a table, ending with the End-of-RIB of every family. Runs on, and answers on,
     * the thread that owns the RIB and calls {@link BmpMonitor}: only so is a route that changes
     * meanwhile reported in the right order. Returns at once.
     */
    void slice(BmpPeer peer, View view, Cursor from, Consumer<Slice> answer);
}
