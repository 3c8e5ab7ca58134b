package io.siteswap.lab.topology;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a command, given as words without a shell, and waits for its end. */
public final class Argv {

    private Argv() {
    }

    /** How it ended and everything it printed, both streams. */
    public record Ended(int code, String output) {
    }

    public static Ended run(List<String> argv, String stdin) throws IOException {
        var process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(stdin.getBytes(StandardCharsets.UTF_8));
        }
        try {
            var output = new String(process.getInputStream().readAllBytes(),
                    StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + String.join(" ", argv), e);
        }
    }

    /** @throws IOException with its output, when it does not end with 0 */
    public static String check(List<String> argv, String stdin) throws IOException {
        var ended = run(argv, stdin);
        if (ended.code() != 0) {
            throw new IOException("'" + String.join(" ", argv) + "' ended with " + ended.code()
                    + ": " + ended.output().strip());
        }
        return ended.output();
    }

    public static String check(String... argv) throws IOException {
        return check(List.of(argv), "");
    }
}
