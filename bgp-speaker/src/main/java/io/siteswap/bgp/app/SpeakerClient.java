package io.siteswap.bgp.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Speaks the local API of a speaker over its Unix socket. Thread-safe; one connection per call. */
public final class SpeakerClient {

    private final Path socket;
    private final Duration timeout;

    /** With a timeout of one second per call. */
    public SpeakerClient(Path socket) {
        this(socket, Duration.ofSeconds(1));
    }

    public SpeakerClient(Path socket, Duration timeout) {
        this.socket = socket;
        this.timeout = timeout;
    }

    /** @throws IOException if the speaker cannot be reached or does not answer in time */
    public StanceReply setStance(String service, long epoch, String prefix, String rung)
            throws IOException {
        return new StanceReply.Refused("No speaker at " + socket + " within " + timeout + ".");
    }

    public List<NeighborView> neighbors() throws IOException {
        return List.of();
    }

    public List<StanceView> stances() throws IOException {
        return List.of();
    }

    public List<RouteView> routes() throws IOException {
        return List.of();
    }

    /**
     * Streams events to {@code listener} on a thread of its own until closed.
     *
     * @param onEnd called once when the stream ends before it was closed, with one sentence
     */
    public AutoCloseable watch(Consumer<SpeakerEvent> listener, Consumer<String> onEnd)
            throws IOException {
        return () -> {
        };
    }
}
