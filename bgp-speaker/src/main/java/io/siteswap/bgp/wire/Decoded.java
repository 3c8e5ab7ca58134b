package io.siteswap.bgp.wire;

import java.util.List;

/** Outcome of decoding one message. */
public sealed interface Decoded {

    /**
     * A message to act on.
     *
     * @param tolerated faults that its consequences are already drawn from: an attribute is
     * missing, or all its routes are in {@code withdrawn}
     */
    record Ok(Message message, List<WireError> tolerated) implements Decoded {
    }

    /** The session cannot go on. */
    record Broken(WireError error) implements Decoded {
    }

    static Decoded ok(Message message) {
        return new Ok(message, List.of());
    }
}
