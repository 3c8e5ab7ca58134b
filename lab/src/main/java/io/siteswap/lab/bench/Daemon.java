package io.siteswap.lab.bench;

import io.siteswap.lab.topology.Argv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One running daemon under test. */
abstract class Daemon implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int LOG_TAIL = 600;

    private final Process process;
    private final Path log;
    private final long startedAt;

    /** Runs the command in the daemon's namespace, output to {@code log} in its folder. */
    Daemon(Path folder, List<String> argv) throws IOException {
        this.log = folder.resolve("output");
        this.startedAt = System.nanoTime();
        this.process = new ProcessBuilder(TestBed.inside(argv)).directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
    }

    /** Prefixes it has from all of its neighbours, by its cheapest counter. */
    abstract long received() throws IOException;

    /** Announces {@link Contender#PREFIX} with an AS path of that many numbers, to everybody. */
    abstract void announce(int hops) throws IOException;

    /** {@link System#nanoTime} just before exec(). */
    long startedAt() {
        return startedAt;
    }

    /** Lets our own side of the control channel load its code before it is on the clock. */
    void greet() throws IOException {
        var _ = received();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** @param name as {@code kill} takes it, e.g. {@code STOP} */
    void signal(String name) throws IOException {
        Argv.check("kill", "-" + name, Long.toString(process.pid()));
    }

    Usage usage() throws IOException {
        return Usage.of(process.pid());
    }

    /** Something that fails with an {@link IOException} until the daemon is ready. */
    interface Attempt {
        void run() throws IOException;
    }

    /** Until it answers. */
    void ready(Attempt attempt) throws IOException {
        long deadline = System.nanoTime() + READY.toNanos();
        while (true) {
            try {
                attempt.run();
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    throw new IOException("it did not start: " + e.getMessage() + "; it said: "
                            + said(), e);
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }

    /** The end of its output. */
    String said() throws IOException {
        var text = Files.readString(log).strip();
        return text.substring(Math.max(0, text.length() - LOG_TAIL));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        end(process);
    }

    /** Asks it to end, and does not ask for long. */
    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
