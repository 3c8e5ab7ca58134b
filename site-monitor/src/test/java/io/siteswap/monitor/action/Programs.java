package io.siteswap.monitor.action;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** Starts the real servers that the tests talk to, on loopback, and waits for what they do. */
public final class Programs {

    private Programs() {
    }

    /** Skips the test, saying why, where a Debian package is not installed. */
    public static void require(String program, String debianPackage) {
        assumeTrue(Files.isExecutable(Path.of(program)), program
                + " is not here: install the Debian package " + debianPackage
                + " to run this test");
    }

    /** A port of 127.0.0.1 that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The command as user nobody when we are root: databases refuse root. */
    public static List<String> unprivileged(List<String> command) {
        List<String> all = new ArrayList<>();
        if (root()) {
            all.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        all.addAll(command);
        return all;
    }

    /** A folder that user nobody may write to as well. */
    public static Path folder(String name) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("siteswap-" + name);
        if (root()) {
            run(List.of("chown", "nobody:nogroup", folder.toString()));
        }
        return folder;
    }

    static boolean root() {
        return System.getProperty("user.name", "").equals("root");
    }

    /** Runs a command to its end; its output is in the failure. */
    public static void run(List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("siteswap-run", ".log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        Assertions.assertEquals(0, process.waitFor(),
                () -> command + ": " + read(log));
        Files.delete(log);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Starts a server; its output goes to {@code log}. */
    public static Process start(List<String> command, Path log) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    /** Kills a process and all it started. */
    public static void kill(ProcessHandle process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Deletes, as well as it can be done while the JVM ends. */
    static void forget(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            System.err.println("Left behind: " + folder + " (" + e.getMessage() + ")");
        }
    }

    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The message of a failure has these words. */
    static void assertSays(String words, Exception failure) {
        String said = String.valueOf(failure.getMessage());
        Assertions.assertTrue(said.contains(words), said);
    }

    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until the condition holds; a condition that throws does not hold yet. */
    public static void await(String what, Duration limit, Callable<Boolean> condition)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception e) {
                last = e;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("Not within " + limit + ": " + what, last);
    }
}
