package io.siteswap.bgp.bfd;

/**
 * What the neighbour last said of itself (RFC 5880 section 6.8.1); intervals in microseconds.
 *
 * @param discriminator 0: not known
 * @param multiplier 0: nothing heard yet
 * @param independent its BFD outlives a restart of its control plane (the C bit)
 */
public record Remote(BfdState state, int discriminator, long desiredTransmit,
        long requiredReceive, int multiplier, boolean demand, boolean independent) {

    static final Remote UNKNOWN = new Remote(BfdState.DOWN, 0, 0, 1, 0, false, false);

    static Remote of(ControlPacket packet) {
        return new Remote(packet.state(), packet.myDiscriminator(), packet.desiredTransmit(),
                packet.requiredReceive(), packet.multiplier(), packet.demand(),
                packet.independent());
    }

    /** Silent for a detection time: next time it may be another one, with other wishes. */
    Remote forgotten() {
        return new Remote(BfdState.DOWN, 0, desiredTransmit, UNKNOWN.requiredReceive,
                multiplier, false, independent);
    }
}
