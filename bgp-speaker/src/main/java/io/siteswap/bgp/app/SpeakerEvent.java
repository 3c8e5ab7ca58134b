package io.siteswap.bgp.app;

import java.util.Optional;

/**
 * What happened in a speaker, in order.
 */
public sealed interface SpeakerEvent {

    /** @param reason why, e.g. the NOTIFICATION that ended the session; may be empty */
    record Session(String neighbor, String state, String reason) implements SpeakerEvent {
    }

    /** @param route the new best route; absent: no route is left */
    record Best(String prefix, Optional<RouteView> route) implements SpeakerEvent {
    }

    /** A stance was accepted and is safe on disk. */
    record Stance(String prefix, String service, String rung, long epoch) implements SpeakerEvent {
    }

    /** The announcement of a prefix under this stance was written to a neighbour's session. */
    record Written(String prefix, String neighbor, String rung,
            long epoch) implements SpeakerEvent {
    }

    /**
     * A neighbour says something else of an own prefix, or of a prefix inside one, than before.
     *
     * @param pathId path identifier (RFC 7911), 0: none
     * @param route absent: it says nothing of it any more
     */
    record Seen(String prefix, String neighbor, int pathId,
            Optional<SeenView> route) implements SpeakerEvent {
    }

    /**
     * The RPKI says something else of an own prefix, or of one announced beside it, than before.
     *
     * @param validity valid, invalid or unknown
     * @param sentence why
     */
    record Rpki(String prefix, String validity, String sentence) implements SpeakerEvent {
    }

    /** As it stands on the local API, one line. */
    static String json(SpeakerEvent event) {
        return Json.MAPPER.writeValueAsString(ApiReply.event(event));
    }
}
