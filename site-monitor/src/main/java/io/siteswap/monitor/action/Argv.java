package io.siteswap.monitor.action;

import io.siteswap.monitor.action.ResourceAgent.ActionFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs configured commands: argv lists, no shell, no input, output kept to its end. */
record Argv(String name, List<String> command) {

    /** The end of the output is what explains a failure; no command may fill our memory. */
    private static final int KEPT_BYTES = 8192;
    /** What still holds the output open after the command ended (a daemon) is not waited for. */
    private static final long OUTPUT_GRACE_MILLIS = 200;

    /** What came of it. {@code lastLine} is the last line of output that is not empty. */
    record Result(int exit, String lastLine) {
    }

    boolean missing() {
        return command.isEmpty();
    }

    /**
     * Runs it to its end; an interrupt kills it with everything it started.
     *
     * @throws ActionFailed when it is not configured, cannot be started or its exit code is not 0
     */
    String succeed() throws ActionFailed, InterruptedException {
        Result result = run();
        if (result.exit() != 0) {
            throw new ActionFailed("The command '" + name + "' (" + String.join(" ", command)
                    + ") ended with exit code " + result.exit()
                    + (result.lastLine().isEmpty() ? "." : ": " + result.lastLine()));
        }
        return result.lastLine();
    }

    Result run() throws ActionFailed, InterruptedException {
        if (missing()) {
            throw new ActionFailed("No command '" + name + "' is configured: add it.");
        }
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .start();
        } catch (IOException e) {
            throw new ActionFailed("The command '" + name + "' cannot be started: "
                    + e.getMessage(), e);
        }
        Tail tail = new Tail();
        Thread reader = Thread.ofVirtual().start(() -> tail.take(process.getInputStream()));
        try {
            int exit = process.waitFor();
            reader.join(OUTPUT_GRACE_MILLIS);
            return new Result(exit, tail.lastLine());
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw e;
        }
    }

    /** The end of a stream, taken in by one thread and read by another. */
    private static final class Tail {
        private byte[] kept = new byte[0];

        void take(InputStream output) {
            byte[] buffer = new byte[4096];
            try (output) {
                int n;
                while ((n = output.read(buffer)) >= 0) {
                    add(buffer, n);
                }
            } catch (IOException e) {
                // Killed: what was kept until then is what there is.
            }
        }

        private synchronized void add(byte[] buffer, int n) {
            int keep = Math.min(kept.length, KEPT_BYTES - n);
            byte[] now = new byte[keep + n];
            System.arraycopy(kept, kept.length - keep, now, 0, keep);
            System.arraycopy(buffer, 0, now, keep, n);
            kept = now;
        }

        synchronized String lastLine() {
            return new String(kept, StandardCharsets.UTF_8).lines().map(String::strip)
                    .filter(line -> !line.isEmpty()).reduce("", (before, line) -> line);
        }
    }
}
