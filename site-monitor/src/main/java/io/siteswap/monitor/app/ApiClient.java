package io.siteswap.monitor.app;

import io.siteswap.monitor.api.Json;
import io.siteswap.monitor.app.Siteswap.Refused;
import io.siteswap.monitor.app.Siteswap.Unusable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Talks to the API of a monitor: the first of those given that answers. */
final class ApiClient {

    private static final Logger LOG = LoggerFactory.getLogger(ApiClient.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    @Option(names = "--api", paramLabel = "URL", defaultValue = "http://127.0.0.1:7103", description = "API of a monitor; may be given several times, the first that answers"
            + " is used. Default: ${DEFAULT-VALUE}.")
    private List<String> nodes = List.of();
    @Option(names = "--json", description = "Print the API's answer as it is.")
    private boolean json;

    /** Made when first needed: every command line has several of these and uses one at most. */
    private static final class Http {
        static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(CONNECT)
                .proxy(HttpClient.Builder.NO_PROXY).build();
    }

    boolean json() {
        return json;
    }

    /** An answer of the API, whatever its status. */
    record Answer(int status, String text, JsonNode body) {

        /** The body of a good answer; otherwise its sentence, as a refusal. */
        JsonNode good() {
            if (status >= 300) {
                throw new Refused(body.path("error").asString("the monitor answered " + status));
            }
            return body;
        }
    }

    Answer get(String path) throws InterruptedException {
        return get(path, ANSWER);
    }

    /** @param patience with a monitor that has taken the question and says nothing */
    Answer get(String path, Duration patience) throws InterruptedException {
        return send(path, patience, true, HttpRequest.newBuilder().GET());
    }

    Answer post(String path, Object body) throws InterruptedException {
        return post(path, body, ANSWER);
    }

    /** @param patience with something that takes its time */
    Answer post(String path, Object body, Duration patience) throws InterruptedException {
        return send(path, patience, false,
                HttpRequest.newBuilder().header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** What is printed of an answer: all of it, or what it means. */
    String said(Answer answer, String meaning) {
        answer.good();
        return json ? answer.text() : meaning;
    }

    /** @param question changes nothing: others may be asked when no answer comes */
    private Answer send(String path, Duration patience, boolean question,
            HttpRequest.Builder request) throws InterruptedException {
        String tried = "";
        for (String node : nodes) {
            try {
                HttpResponse<String> answer = Http.CLIENT.send(
                        request.uri(address(node, path)).timeout(patience).build(),
                        BodyHandlers.ofString());
                return new Answer(answer.statusCode(), answer.body(), Json.read(answer.body()));
            } catch (IOException e) {
                if (e instanceof HttpTimeoutException
                        && !(e instanceof HttpConnectTimeoutException) && !question) {
                    // It may still do what was asked: nobody else must be asked for the same.
                    throw new Refused(node + " has not answered within " + patience.toSeconds()
                            + " s; what was asked for may still be done, look before you ask again",
                            e);
                }
                tried = tried + (tried.isEmpty() ? "" : ", ") + node;
            } catch (JacksonException e) {
                throw new Unusable(node + " does not answer like a monitor of Siteswap", e);
            }
        }
        throw new Unusable("no monitor answers at " + tried
                + "; is it running, and is --api its 'api' address?");
    }

    /** Hands every event from now on to {@code listener}, until closed. */
    AutoCloseable events(Consumer<JsonNode> listener) {
        Thread reader = Thread.ofVirtual().start(() -> {
            for (String node : nodes) {
                HttpRequest request = HttpRequest
                        .newBuilder(address(node, "/api/events?past=no")).GET().build();
                try (Stream<String> lines = Http.CLIENT.send(request, BodyHandlers.ofLines())
                        .body()) {
                    lines.filter(line -> line.startsWith("data:"))
                            .forEach(line -> listener.accept(Json.read(line.substring(5))));
                } catch (IOException | JacksonException e) {
                    LOG.debug("no events from {}", node, e);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        return reader::interrupt;
    }

    /** A word of a path or of a query, whatever a person has typed. */
    static String word(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static URI address(String node, String path) {
        try {
            return URI.create((node.contains("://") ? node : "http://" + node)
                    .replaceAll("/+$", "") + path);
        } catch (IllegalArgumentException e) {
            throw new Unusable("'" + node + "' is not an address such as http://127.0.0.1:7103",
                    e);
        }
    }
}
