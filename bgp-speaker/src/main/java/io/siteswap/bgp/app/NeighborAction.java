package io.siteswap.bgp.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an operator may do to the session with a neighbour. */
public enum NeighborAction {
    /** Ends it with Cease / Administrative Shutdown and stays away until ENABLE. */
    SHUTDOWN,
    /** Starts again after SHUTDOWN. */
    ENABLE,
    /** Ends it with Cease / Administrative Reset and starts again. */
    RESET,
    /** Asks the neighbour for all its routes again (RFC 2918). */
    REFRESH,
    /** Tells the neighbour all our routes again. */
    RESEND;

    static Optional<NeighborAction> of(String word) {
        return Arrays.stream(values()).filter(a -> a.word().equals(word)).findFirst();
    }

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String words() {
        return Arrays.stream(values()).map(NeighborAction::word)
                .collect(Collectors.joining(", "));
    }
}
