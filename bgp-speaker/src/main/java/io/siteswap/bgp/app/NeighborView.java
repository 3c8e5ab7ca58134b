package io.siteswap.bgp.app;

import java.util.Optional;

/**
 * One neighbour, as {@code neighbors} reports it.
 *
 * @param state Idle, Connect, Active, OpenSent, OpenConfirm or Established
 * @param holdMs negotiated hold time, 0 when there is none
 * @param uptimeMs since it became Established, 0 when it is not
 * @param lastError why the last session ended
 * @param announced own prefixes announced to it now
 * @param received prefixes it announces to us now
 * @param faults faulty messages since the start
 * @param bfd Up, Down...; absent: not used
 */
public record NeighborView(String name, String address, long as, String state, long holdMs,
        long uptimeMs, long messagesIn, long messagesOut, long updatesIn, long updatesOut,
        Optional<String> lastError, int announced, int received,
        long faults, Optional<String> bfd) {

    NeighborView withBfd(String state) {
        return new NeighborView(name, address, as, this.state, holdMs, uptimeMs, messagesIn,
                messagesOut, updatesIn, updatesOut, lastError, announced, received, faults,
                Optional.of(state));
    }

}
