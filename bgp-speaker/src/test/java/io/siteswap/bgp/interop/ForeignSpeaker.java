package io.siteswap.bgp.interop;

import io.siteswap.bgp.app.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A BGP daemon that somebody else wrote, run privately with a configuration made for one test. It
 * knows one neighbour, us, and touches neither the kernel's routes nor another instance of itself.
 */
abstract class ForeignSpeaker implements AutoCloseable {

    /**
     * What it has of ours.
     *
     * @param communities as {@code high:low}; well-known ones too
     */
    record Seen(List<Long> asPath, List<String> communities, String nextHop) {
        Seen {
            asPath = List.copyOf(asPath);
            communities = List.copyOf(communities);
        }
    }

    /**
     * What it shall announce.
     *
     * @param path AS numbers after its own
     * @param communities as {@code high:low}
     */
    record Sent(String prefix, List<Long> path, List<String> communities) {
        Sent {
            path = List.copyOf(path);
            communities = List.copyOf(communities);
        }

        static Sent plain(String prefix) {
            return new Sent(prefix, List.of(), List.of());
        }

        boolean six() {
            return prefix.contains(":");
        }

        /** AS numbers with blanks between them. */
        String words() {
            return words(path);
        }

        static String words(List<Long> numbers) {
            return String.join(" ", numbers.stream().map(String::valueOf).toList());
        }
    }

    private static final JsonMapper JSON = JsonMapper.shared();

    final Setup setup;
    private Optional<Process> process = Optional.empty();

    ForeignSpeaker(Setup setup) {
        this.setup = setup;
    }

    /** Writes its configuration and starts it. */
    abstract Process launch() throws IOException;

    /** Whether it answers on its control channel. */
    abstract boolean answers() throws IOException;

    abstract boolean established() throws IOException;

    abstract Optional<Seen> seen(String prefix) throws IOException;

    abstract void announce(Sent route) throws IOException;

    abstract void withdraw(String prefix) throws IOException;

    /** Asks us for all routes again (RFC 2918). */
    abstract void refresh() throws IOException;

    /** Ends the session with Cease/Administrative Shutdown and a message (RFC 9003). */
    abstract void shutdown(String message) throws IOException;

    /** What it says about the end of the last session, in its own words. */
    abstract String lastError() throws IOException;

    /** Until it answers; also again after {@link #kill}. */
    void start() throws IOException {
        Process started = launch();
        process = Optional.of(started);
        Await.until(getClass().getSimpleName() + " answers", () -> {
            if (!started.isAlive()) {
                throw new IOException("it ended: " + Files.readString(log()));
            }
            return answers();
        });
    }

    Process run(List<String> argv) throws IOException {
        return new ProcessBuilder(argv).directory(setup.dir().toFile()).redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
    }

    Path log() {
        return setup.dir().resolve("foreign.log");
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(setup.dir().resolve(name), text);
    }

    /** What the command prints, whatever its exit code. */
    static String ask(String... argv) throws IOException {
        Process tool = new ProcessBuilder(argv).redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile()).start();
        try (var out = tool.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    static List<Long> numbers(String words) {
        return Stream.of(words.strip().split("\\s+")).filter(word -> !word.isEmpty())
                .map(Long::valueOf).toList();
    }

    static List<String> strings(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(node -> all.add(node.asString()));
        return all;
    }

    /** kill -9 of all its processes, as when the machine takes it. */
    void kill() {
        everything().forEach(ProcessHandle::destroyForcibly);
        process.ifPresent(killed -> killed.onExit().join());
    }

    /** SIGSTOP: it keeps its sockets and says nothing. */
    void pause() throws IOException {
        signal("STOP");
    }

    private void signal(String name) throws IOException {
        for (ProcessHandle each : everything().toList()) {
            ask("kill", "-" + name, String.valueOf(each.pid()));
        }
    }

    private Stream<ProcessHandle> everything() {
        return process.stream().flatMap(
                first -> Stream.concat(first.descendants(), Stream.of(first.toHandle())));
    }

    @Override
    public void close() throws IOException {
        signal("CONT");
        List<ProcessHandle> all = everything().toList();
        process.ifPresent(Process::destroy);
        try {
            if (process.isPresent() && !process.get().waitFor(3, TimeUnit.SECONDS)) {
                process.get().destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
