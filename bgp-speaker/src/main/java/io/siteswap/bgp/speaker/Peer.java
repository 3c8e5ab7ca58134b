package io.siteswap.bgp.speaker;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import java.util.List;

/**
 * An established neighbour, as far as announcing to it goes.
 *
 * @param nextHops what it is told to send packets to: one address per family at most
 */
public record Peer(String name, boolean external, List<Family> families,
        List<Address> nextHops) {
}
