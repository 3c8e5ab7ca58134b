package io.siteswap.monitor.quorum;

import java.util.Map;

/** The result of applying one command; the same at every monitor. */
public sealed interface Reply {

    /** Took effect. */
    record Done() implements Reply {
    }

    /** Nothing changed, and why. */
    record Refused(String reason) implements Reply {
    }

    /** Epoch of each ticket renewed, by service; empty when the site holds none. */
    record Renewed(Map<String, Long> epochs) implements Reply {
        public Renewed {
            epochs = Map.copyOf(epochs);
        }
    }
}
