package io.siteswap.bgp.bfd;

/** What a session wants done, in order. */
public sealed interface Effect {

    /** At once, beside the periodic packets. */
    record Send(ControlPacket packet) implements Effect {
    }

    /** (Re)start the detection timer, counted from when the packet was received. */
    record Detect(long micros) implements Effect {
    }

    /** Stop the detection timer. */
    record Undetect() implements Effect {
    }

    /** {@link Session#transmitMicros} is another one now: the next periodic packet moves. */
    record Pace() implements Effect {
    }

    /** For whoever watches the neighbour. */
    record Report(Change change) implements Effect {
    }
}
