package io.siteswap.lab.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One monitor's REST interface, as any operator's tool would use it. */
final class MonitorApi {
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();
    private final URI base;

    MonitorApi(String base) {
        this.base = URI.create(base);
    }

    /** Empty while the monitor cannot be asked. */
    Optional<JsonNode> status() throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(base.resolve("/api/status")).timeout(ANSWER).build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? Optional.of(JSON.readTree(answer.body()))
                    : Optional.empty();
        } catch (IOException | JacksonException silent) {
            return Optional.empty();
        }
    }

    /** @return empty when accepted, else why not */
    Optional<String> post(String path, String body) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER.multipliedBy(3))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 202
                    ? Optional.empty()
                    : Optional.of(answer.statusCode() + " " + answer.body().strip());
        } catch (IOException e) {
            return Optional.of(base + " does not answer: " + e.getMessage());
        }
    }

    /** Calls {@code listener} with each event until the stream ends. */
    void events(Consumer<JsonNode> listener) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer = http.send(
                HttpRequest.newBuilder(base.resolve("/api/events"))
                        .header("Accept", "text/event-stream").build(),
                HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
            lines.filter(line -> line.startsWith("data:"))
                    .forEach(line -> read(line.substring(5)).ifPresent(listener));
        } catch (java.io.UncheckedIOException ended) {
            throw ended.getCause();
        }
    }

    private static Optional<JsonNode> read(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }
}
