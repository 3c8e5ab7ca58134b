package io.siteswap.lab.scenarios;

import io.siteswap.lab.topology.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Listens to one monitor's events, from its own node, and puts them on the timeline. */
final class EventWatch implements AutoCloseable {

    private static final Duration NEWS = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final String REQUEST = String.join("\r\n", "GET /api/events HTTP/1.1",
            "Host: localhost", "Accept: text/event-stream", "", "");

    private final String node;
    private final InetSocketAddress api;
    private final Timeline timeline;
    private volatile boolean open = true;
    private volatile Socket socket = new Socket();

    EventWatch(Path namespace, String node, InetSocketAddress api, Timeline timeline) {
        this.node = node;
        this.api = api;
        this.timeline = timeline;
        NetworkNamespace.start(namespace, "events-" + node, this::run);
    }

    private void run() {
        while (open) {
            try (var connection = new Socket()) {
                socket = connection;
                connection.connect(api, 500);
                connection.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                var lines = new BufferedReader(new InputStreamReader(connection.getInputStream(),
                        StandardCharsets.UTF_8));
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data:")) {
                        event(line.substring("data:".length()).strip());
                    }
                }
            } catch (IOException e) {
                // Not up yet, or dead; that is what the stories are about.
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    private void event(String json) {
        try {
            var event = JsonMapper.shared().readTree(json);
            // A new listener is first told what happened before it came.
            if (System.currentTimeMillis() - event.path("at").asLong(0) > NEWS.toMillis()) {
                return;
            }
            timeline.add(node, event.path("kind").asString("?"), event.path("text").asString(""));
        } catch (JacksonException e) {
            timeline.add(node, "?", json);
        }
    }

    /** After a power cut the old connection would stay silent for ever. */
    void reconnect() {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed is what it should be.
        }
    }

    @Override
    public void close() {
        open = false;
        reconnect();
    }
}
