package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.Update;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What a session wants done, in order. */
public sealed interface Effect {

    /** Open a connection to the neighbour; answered by Opened or Lost. */
    record Connect() implements Effect {
    }

    /** The accepted connection is this session's from here on. */
    record Adopt() implements Effect {
    }

    record Send(Message message) implements Effect {
    }

    /** After everything sent before; nothing more is heard of this connection or attempt. */
    record Disconnect() implements Effect {
    }

    /** (Re)start a timer. */
    record Arm(TimerKind timer, Duration after) implements Effect {
    }

    record Disarm(TimerKind timer) implements Effect {
    }

    /** Established: routes may flow. */
    record Up(Negotiated negotiated) implements Effect {
    }

    /**
     * No longer Established.
     *
     * @param retention whose routes are kept nevertheless; empty: all are gone
     */
    record Down(String reason, Optional<Retention> retention) implements Effect {
    }

    /** Kept routes of these families are the last resort from here on (RFC 9494 section 4.3). */
    record Stale(Set<Family> families) implements Effect {
    }

    /** Kept routes of these families are gone. */
    record Flush(Set<Family> families) implements Effect {
    }

    record Deliver(Update update) implements Effect {
    }

    /** The neighbour wants our routes again. */
    record Refresh(RouteRefresh request) implements Effect {
    }

    /** For the operator: why this attempt ended before it was Established. */
    record Failed(String reason) implements Effect {
    }
}
