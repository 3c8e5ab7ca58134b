package io.siteswap.bgp.rtr;

import io.siteswap.bgp.wire.Octets;

/** What a conversation with a cache reacts to. */
public sealed interface RtrEvent {

    record Connected() implements RtrEvent {
    }

    record Lost(String reason) implements RtrEvent {
    }

    record Received(int version, Pdu pdu) implements RtrEvent {
    }

    /** Bytes that are no PDU. */
    record Malformed(RtrError error, Octets quote, String reason) implements RtrEvent {
    }

    /** Time to ask: refresh or retry. */
    record AskTimer() implements RtrEvent {
    }

    /** What was received contradicts what we have. */
    record Contradiction(RtrError error, Vrp vrp) implements RtrEvent {
    }
}
