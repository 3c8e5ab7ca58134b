package io.siteswap.bgp.bmp;

import io.siteswap.bgp.wire.Octets;
import java.util.List;

/**
 * What the speaker tells, always on the same thread; every call returns at once and never fails.
 * Views that are not asked for cost a comparison.
 */
public interface BmpMonitor {

    /** Whether {@link #update} is of any use for that view. */
    boolean wants(View view);

    void up(BmpMessage.PeerUp up);

    void down(BmpMessage.PeerDown down);

    /** @param update a whole UPDATE message as it was, or would have been, on the wire */
    void update(BmpPeer peer, View view, Octets update);

    void stats(BmpPeer peer, List<BmpMessage.Stat> stats);
}
