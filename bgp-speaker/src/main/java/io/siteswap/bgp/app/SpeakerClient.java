package io.siteswap.bgp.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Speaks the local API of a speaker over its Unix socket. Thread-safe: calls at the same time have a
 * connection each, and one of them is kept for the next call.
 */
public final class SpeakerClient implements AutoCloseable {

    private final Path socket;
    private final Duration timeout;
    private final AtomicReference<@Nullable SpeakerLink> idle = new AtomicReference<>();

    /** With a timeout of one second per call. */
    public SpeakerClient(Path socket) {
        this(socket, Duration.ofSeconds(1));
    }

    public SpeakerClient(Path socket, Duration timeout) {
        this.socket = socket;
        this.timeout = timeout;
    }

    /**
     * Returns after the speaker has it on disk, or has refused it.
     *
     * @throws IOException if the speaker cannot be reached or does not answer in time
     */
    public StanceReply setStance(String service, long epoch, String prefix, String rung)
            throws IOException {
        JsonNode reply = call(Map.of("op", "stance", "service", service, "epoch", epoch,
                "prefix", prefix, "rung", rung));
        return reply.path("ok").asBoolean(false)
                ? new StanceReply.Accepted(reply.path("prefix").asString(),
                        reply.path("rung").asString(), reply.path("epoch").asLong())
                : new StanceReply.Refused(reply.path("error").asString());
    }

    /** @throws IOException if the speaker cannot be reached or does not answer in time */
    public List<NeighborView> neighbors() throws IOException {
        return list("neighbors", NeighborView.class);
    }

    /** @throws IOException if the speaker cannot be reached or does not answer in time */
    public List<StanceView> stances() throws IOException {
        return list("stances", StanceView.class);
    }

    /**
     * Each own prefix as it comes back to us.
     *
     * @throws IOException if the speaker cannot be reached or does not answer in time
     */
    public List<OwnSeenView> seen() throws IOException {
        return list("seen", OwnSeenView.class);
    }

    /**
     * All received routes, in as many answers as it takes.
     *
     * @throws IOException if the speaker cannot be reached or does not answer in time
     */
    public List<RouteView> routes() throws IOException {
        List<RouteView> all = new ArrayList<>();
        Map<String, Object> request = new LinkedHashMap<>(Map.of("op", "routes"));
        while (true) {
            JsonNode reply = ask(request);
            for (JsonNode node : reply.path("routes")) {
                all.add(Json.MAPPER.treeToValue(node, RouteView.class));
            }
            if (!reply.has("next")) {
                return all;
            }
            request.put("from", reply.path("next").asString());
        }
    }

    /**
     * Any request of the local API, and its answer as it is.
     *
     * @throws IOException with a sentence if the speaker cannot be reached, does not answer in
     * time, or refuses
     */
    public JsonNode ask(Map<String, Object> request) throws IOException {
        JsonNode reply = call(request);
        if (!reply.path("ok").asBoolean(false)) {
            throw new IOException(reply.path("error").asString("The speaker refuses."));
        }
        return reply;
    }

    private <T> List<T> list(String op, Class<T> kind) throws IOException {
        JsonNode reply = ask(Map.of("op", op));
        List<T> all = new ArrayList<>();
        for (JsonNode node : reply.path(op)) {
            all.add(Json.MAPPER.treeToValue(node, kind));
        }
        return all;
    }

    private JsonNode call(Map<String, Object> request) throws IOException {
        SpeakerLink link = link();
        try {
            JsonNode reply = Json.MAPPER.readTree(link.ask(line(request), timeout));
            keep(link);
            return reply;
        } catch (JacksonException e) {
            link.close();
            throw new IOException("The speaker at " + socket + " answered no JSON.", e);
        } catch (IOException e) {
            link.close();
            throw e;
        }
    }

    /** The one that is kept, if nobody has it and the speaker has not left it. */
    private SpeakerLink link() throws IOException {
        SpeakerLink known = idle.getAndSet(null);
        if (known != null) {
            if (known.usable()) {
                return known;
            }
            known.close();
        }
        return new SpeakerLink(socket, connect());
    }

    private void keep(SpeakerLink link) {
        if (!idle.compareAndSet(null, link)) {
            link.close();
        }
    }

    /** Ends the connection that is kept; the next call opens another. */
    @Override
    public void close() {
        SpeakerLink known = idle.getAndSet(null);
        if (known != null) {
            known.close();
        }
    }

    private SocketChannel connect() throws IOException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new IOException("No speaker answers on " + socket
                    + ": is 'siteswap speaker' running there?", e);
        }
    }

    private static BufferedReader reader(SocketChannel channel) {
        return new BufferedReader(new InputStreamReader(Channels.newInputStream(channel),
                StandardCharsets.UTF_8));
    }

    private static ByteBuffer line(Map<String, Object> request) {
        return ByteBuffer.wrap((Json.MAPPER.writeValueAsString(request) + "\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Streams events to {@code listener} on a thread of its own until closed.
     *
     * @param onEnd called once when the stream ends before it was closed, with one sentence
     * @throws IOException if the speaker cannot be reached
     */
    public AutoCloseable watch(Consumer<SpeakerEvent> listener, Consumer<String> onEnd)
            throws IOException {
        SocketChannel channel = connect();
        SpeakerLink.write(channel, line(Map.of("op", "watch")));
        BufferedReader in = reader(channel);
        in.readLine();
        AtomicBoolean closed = new AtomicBoolean();
        Thread.ofVirtual().name("bgp-watch").start(() -> {
            String reason = follow(in, listener);
            if (!closed.get()) {
                onEnd.accept(reason);
            }
        });
        return () -> {
            closed.set(true);
            channel.close();
        };
    }

    private String follow(BufferedReader in, Consumer<SpeakerEvent> listener) {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                event(Json.MAPPER.readTree(line)).ifPresent(listener);
            }
            return "The speaker at " + socket + " ended the stream.";
        } catch (IOException | JacksonException e) {
            return "The stream from the speaker at " + socket + " broke: " + e.getMessage();
        }
    }

    /** Empty for a kind that a newer speaker may have. */
    private static Optional<SpeakerEvent> event(JsonNode json) {
        return switch (json.path("event").asString("")) {
            case "session" -> Optional.of(new SpeakerEvent.Session(
                    json.path("neighbor").asString(), json.path("state").asString(),
                    json.path("reason").asString("")));
            case "best" -> Optional.of(new SpeakerEvent.Best(json.path("prefix").asString(),
                    json.has("route")
                            ? Optional.of(Json.MAPPER.treeToValue(json.path("route"),
                                    RouteView.class))
                            : Optional.empty()));
            case "stance" -> Optional.of(new SpeakerEvent.Stance(json.path("prefix").asString(),
                    json.path("service").asString(), json.path("rung").asString(),
                    json.path("epoch").asLong()));
            case "written" -> Optional.of(new SpeakerEvent.Written(
                    json.path("prefix").asString(), json.path("neighbor").asString(),
                    json.path("rung").asString(), json.path("epoch").asLong()));
            case "seen" -> Optional.of(new SpeakerEvent.Seen(json.path("prefix").asString(),
                    json.path("neighbor").asString(), json.path("pathId").asInt(0),
                    json.has("route")
                            ? Optional.of(Json.MAPPER.treeToValue(json.path("route"),
                                    SeenView.class))
                            : Optional.empty()));
            case "rpki" -> Optional.of(new SpeakerEvent.Rpki(json.path("prefix").asString(),
                    json.path("validity").asString(), json.path("sentence").asString()));
            default -> Optional.empty();
        };
    }
}
