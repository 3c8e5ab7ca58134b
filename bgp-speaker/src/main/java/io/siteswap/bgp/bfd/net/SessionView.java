package io.siteswap.bgp.bfd.net;

import io.siteswap.bgp.bfd.BfdState;
import io.siteswap.bgp.bfd.Diagnostic;
import io.siteswap.bgp.wire.Address;
import java.time.Duration;

/**
 * One session as it stands.
 *
 * @param key what it was watched under
 * @param diagnostic why it last went down
 * @param neighborState what the neighbour last signalled
 * @param interval between two packets of ours, before jitter
 * @param detection silence of the neighbour that ends the session; zero: nothing heard yet
 * @param ups how often it came up
 * @param refused packets of this neighbour that were discarded, also for their TTL
 * @param late packets of ours that were more than an interval late
 * @param latest the worst of them
 */
public record SessionView(String key, Address remote, boolean multihop, BfdState state,
        Diagnostic diagnostic, BfdState neighborState, Duration interval, Duration detection,
        long sent, long received, long refused, long ups, long late, Duration latest) {
}
