package io.siteswap.bgp.rtr;

import java.time.Duration;

/** What a conversation with a cache wants done, in order. */
public sealed interface RtrEffect {

    record Send(int version, Pdu pdu) implements RtrEffect {
    }

    /** Remember until the commit. */
    record Note(Pdu.PrefixPdu change) implements RtrEffect {
    }

    /**
     * Apply what was noted.
     *
     * @param all to an empty table
     */
    record Commit(boolean all) implements RtrEffect {
    }

    /** Forget what was noted since the last commit. */
    record Abort() implements RtrEffect {
    }

    /** Ask again after that long. */
    record AskAfter(Duration delay) implements RtrEffect {
    }

    /** The data is good for so long from now. */
    record ExpireAfter(Duration delay) implements RtrEffect {
    }

    /** After everything sent before. */
    record Disconnect(String reason) implements RtrEffect {
    }
}
