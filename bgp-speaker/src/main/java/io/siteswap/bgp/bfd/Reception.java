package io.siteswap.bgp.bfd;

/** Outcome of decoding one datagram. */
public sealed interface Reception {

    record Accepted(ControlPacket packet) implements Reception {
    }

    record Refused(Refusal why) implements Reception {
    }
}
