package io.siteswap.bgp.bfd;

/**
 * A session has gone from one state to another.
 *
 * @param diagnostic why, as far as it went down
 * @param neighbor the state that the neighbour last signalled
 * @param independent the neighbour's BFD outlives a restart of its BGP process, or so it said: then
 * silence means that nothing is forwarded (RFC 5882 section 4.3.2)
 */
public record Change(BfdState before, BfdState state, Diagnostic diagnostic,
        BfdState neighbor, boolean independent) {

    /**
     * The path was up and has failed. A neighbour that was taken down on purpose is no failure:
     * its BGP session says itself whether it lives on (RFC 5882 sections 3.2 and 4.2).
     */
    public boolean pathFailed() {
        return before == BfdState.UP && state == BfdState.DOWN
                && neighbor != BfdState.ADMIN_DOWN;
    }
}
