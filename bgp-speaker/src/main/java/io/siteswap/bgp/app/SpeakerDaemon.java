package io.siteswap.bgp.app;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A running speaker. */
public final class SpeakerDaemon implements AutoCloseable {

    private SpeakerDaemon() {
    }

    /**
     * Restores the stances, listens, and starts all sessions.
     *
     * @throws IOException with one sentence for the operator: port taken, socket in use...
     */
    public static SpeakerDaemon start(SpeakerConfig config) throws IOException {
        return new SpeakerDaemon();
    }

    /** Best route for a prefix in CIDR notation, from any thread. */
    public Optional<RouteView> best(String prefix) {
        return Optional.empty();
    }

    public List<RouteView> routes() {
        return List.of();
    }

    public List<NeighborView> neighbors() {
        return List.of();
    }

    public List<StanceView> stances() {
        return List.of();
    }

    /** Same as the local API's {@code stance}: returns after it is safe on disk. */
    public StanceReply setStance(String service, long epoch, String prefix, String rung) {
        return new StanceReply.Refused("not built yet");
    }

    /** Events from now on, called on the speaker's event loop: return quickly. Close to stop. */
    public AutoCloseable listen(Consumer<SpeakerEvent> listener) {
        return () -> {
        };
    }

    /** Ends all sessions with NOTIFICATION Cease / Administrative Shutdown, then closes. */
    public void shutdown() {
        close();
    }

    /** Stops at once without a word to the neighbours. */
    @Override
    public void close() {
    }
}
