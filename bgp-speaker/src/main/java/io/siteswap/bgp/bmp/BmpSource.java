package io.siteswap.bgp.bmp;

import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Prefix;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a collector that has just connected gets what is there already: the RIB. */
public interface BmpSource {

    /**
     * A piece of a table.
     *
     * @param updates whole UPDATE messages, as of the moment of the call
     * @param last where the next piece goes on; empty: this is the last, which ends with the
     * End-of-RIB of every family
     */
    record Slice(List<Octets> updates, Optional<Prefix> last) {

        public Slice {
            updates = List.copyOf(updates);
        }
    }

    /**
     * The next few hundred routes of a table in the order of prefixes. Runs on, and answers on,
     * the thread that owns the RIB and calls {@link BmpMonitor}: only so is a route that changes
     * meanwhile reported in the right order. Returns at once.
     *
     * @param after empty: from the beginning
     */
    void slice(BmpPeer peer, View view, Optional<Prefix> after, Consumer<Slice> answer);
}
