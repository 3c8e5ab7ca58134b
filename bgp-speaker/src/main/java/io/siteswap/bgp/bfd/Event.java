package io.siteswap.bgp.bfd;

/** What a session reacts to (RFC 5880 section 6.8). */
public sealed interface Event {

    /** Section 6.8.6; it has passed every rule that discards. */
    record Received(ControlPacket packet) implements Event {
    }

    /** Section 6.8.4: no packet for a detection time. */
    record DetectionExpired() implements Event {
    }

    /** Section 6.8.3: the operator wants other timers. */
    record Reconfigured(BfdOptions options) implements Event {
    }

    /** Section 6.8.16. */
    record Enabled() implements Event {
    }

    /** Section 6.8.16. */
    record Disabled() implements Event {
    }
}
