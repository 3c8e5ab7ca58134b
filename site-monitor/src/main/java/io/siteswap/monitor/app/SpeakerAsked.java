package io.siteswap.monitor.app;

import io.siteswap.bgp.app.SpeakerClient;
import io.siteswap.monitor.app.Siteswap.Refused;
import io.siteswap.monitor.app.Siteswap.Unusable;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The options by which a command finds the speaker it asks, and the way to ask it. */
final class SpeakerAsked {

    private static final Path USUAL = Path.of("/run/siteswap/bgp.sock");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Option(names = "--socket", paramLabel = "PATH", description = "The speaker's socket. Default: what --config and --node say, else $SITESWAP_SOCKET, else /run/siteswap/bgp.sock.")
    private Optional<Path> socket = Optional.empty();
    @Option(names = "--config", paramLabel = "FILE", description = "Take the socket from this configuration.")
    private Optional<Path> config = Optional.empty();
    @Option(names = "--node", paramLabel = "NODE", description = "The node in the configuration; may be left out when only one has a speaker.")
    private Optional<String> node = Optional.empty();
    @Option(names = "--json", description = "Print the answer as it is.")
    private boolean json;

    boolean json() {
        return json;
    }

    JsonNode ask(String op, Map<String, Object> more) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("op", op);
        request.putAll(more);
        Path path = path();
        if (!Files.exists(path)) {
            throw new Unusable("no speaker has its socket at " + path + "; is 'siteswap speaker'"
                    + " running? Name another socket with --socket or --config");
        }
        try {
            return new SpeakerClient(path, PATIENCE).ask(request);
        } catch (IOException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    /** For scripts as it is, for people line by line. */
    int show(JsonNode answer, Function<JsonNode, List<String>> lines) {
        if (json) {
            System.out.println(answer);
        } else {
            lines.apply(answer).forEach(System.out::println);
        }
        return 0;
    }

    JsonNode ask(String op) {
        return ask(op, Map.of());
    }

    Path path() {
        if (socket.isPresent()) {
            return socket.get();
        }
        return config.map(this::configured).orElseGet(
                () -> Optional.ofNullable(System.getenv("SITESWAP_SOCKET")).map(Path::of)
                        .orElse(USUAL));
    }

    private Path configured(Path file) {
        if (!(ConfigFile.load(file) instanceof ConfigFile.Loaded loaded)) {
            throw new Unusable("the configuration " + file + " is not usable; 'siteswap check "
                    + file + "' says why");
        }
        Map<String, Path> sockets = new LinkedHashMap<>();
        for (ClusterConfig.Node one : loaded.config().nodes().values()) {
            one.speaker().ifPresent(s -> sockets.put(one.name(), s.socket()));
        }
        Optional<String> name = node
                .or(() -> sockets.size() == 1
                        ? sockets.keySet().stream().findFirst()
                        : Optional.empty());
        return name.flatMap(n -> Optional.ofNullable(sockets.get(n)))
                .orElseThrow(() -> new Unusable("--node is needed: speakers are configured at "
                        + String.join(", ", sockets.keySet())));
    }
}
