package io.siteswap.bgp.rtr;

import io.siteswap.bgp.rtr.RtrOptions.Timing;
import java.util.Optional;

/**
 * Where the conversation with a cache stands (RFC 8210 section 8).
 *
 * <pre>
 * Closed -> Asking (connected)
 * Asking -> Receiving (Cache Response) | Synced (no data: asks again later) | Closed (wrong)
 * Receiving -> Synced (End of Data) | Closed (anything wrong)
 * Synced -> Asking (notified, refresh or retry) | Closed (lost)
 * </pre>
 */
public sealed interface RtrState {

    /** What the next question begins with. */
    Memory memory();

    /**
     * What outlives a connection.
     *
     * @param version to speak: 1 until the cache turns out to know only 0
     * @param settled the cache has spoken this version
     * @param data session and serial of what we have; empty: nothing of this cache
     */
    record Memory(int version, boolean settled, Optional<Serial> data, Timing timing) {

        public static Memory initial(Timing timing) {
            return new Memory(PduCodec.VERSION_1, false, Optional.empty(), timing);
        }

        Memory speaking(int other) {
            return new Memory(other, true, data, timing);
        }

        Memory knowing(Optional<Serial> other) {
            return new Memory(version, settled, other, timing);
        }

        Memory timed(Timing other) {
            return new Memory(version, settled, data, other);
        }
    }

    /** A point in a cache's history; the serial is unsigned. */
    record Serial(int session, int serial) {
    }

    record Closed(Memory memory) implements RtrState {
    }

    /** @param all the question was for everything */
    record Asking(Memory memory, boolean all) implements RtrState {
    }

    /** @param all what comes replaces everything */
    record Receiving(Memory memory, boolean all, int session) implements RtrState {
    }

    record Synced(Memory memory) implements RtrState {
    }
}
