package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.WireError;

/** What a session reacts to; the numbers are those of RFC 4271 section 8.1. */
public sealed interface Event {

    /** Events 1 and 3 to 7. */
    record Start() implements Event {
    }

    /**
     * Events 2 and 8.
     *
     * @param farewell what the neighbour is told
     */
    record Stop(Notification farewell) implements Event {
    }

    /** We go for a moment: who agreed to keep our routes meanwhile is not told otherwise. */
    record Leave() implements Event {
    }

    /** Events 9 to 13. */
    record Expired(TimerKind timer) implements Event {
    }

    /** Event 16: our attempt succeeded. */
    record Opened() implements Event {
    }

    /** Event 17: the neighbour connected to us. */
    record Accepted() implements Event {
    }

    /** Event 18: the attempt failed or the connection is gone. */
    record Lost(String reason) implements Event {
    }

    /** Events 19 and 24 to 27. */
    record Received(Message message) implements Event {
    }

    /** Events 21, 22 and 28, as far as they cost the session. */
    record Malformed(WireError error) implements Event {
    }

    /** Event 23: the other connection to this neighbour won. */
    record Dumped() implements Event {
    }

    /** Bytes wait unsent, from now or since the last of them left (RFC 9687). */
    record Blocked() implements Event {
    }

    /** Nothing waits unsent any more. */
    record Drained() implements Event {
    }

    /** BFD sees the neighbour. */
    record BfdUp() implements Event {
    }

    /**
     * BFD has lost the neighbour (RFC 5882 section 3.2).
     *
     * @param independent its BFD lives without its BGP process, so that also routes kept over a
     * restart are worth nothing (section 4.3.2)
     */
    record BfdDown(String reason, boolean independent) implements Event {
    }
}
