package io.siteswap.monitor.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.log.Ear;
import io.siteswap.monitor.log.Members;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.policy.facts.Fact;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log with one member, in a process that is killed. */
@Timeout(120)
class SingleNodeTest {

    private static final int ENOUGH = 40;
    private static final int TRIES = 20;

    @TempDir
    Path folder = Path.of("");

    /** Few entries between snapshots: what is found again comes from a snapshot and a log. */
    private static RaftSettings settings(Path folder, int port) {
        String address = "127.0.0.1:" + port;
        return new RaftSettings("alone", "dc1",
                List.of(new RaftSettings.Member("dc1", address, false)), address, folder,
                Duration.ofMillis(300), Duration.ofMillis(600), List.of("shop"), 16);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Acknowledged, if need be at a second try: a busy machine outlasts the log's patience. */
    private static void report(RaftLog log, int n) throws Exception {
        Command report = new Command.Report("dc1", List.of(new Fact.Site("fact" + n, false)));
        for (int tries = 1;; tries++) {
            try {
                assertInstanceOf(Reply.Done.class,
                        log.propose(report).get(10, TimeUnit.SECONDS));
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TimeoutException) || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Number of the newest report that was applied; 0 before the first. */
    private static int newest(RaftLog log) {
        return log.state().facts().values().stream().flatMap(facts -> facts.stream())
                .filter(Fact.Site.class::isInstance).map(Fact.Site.class::cast)
                .mapToInt(site -> Integer.parseInt(site.name().substring("fact".length())))
                .max().orElse(0);
    }

    /** The process that is killed: says which reports were acknowledged, one a line. */
    static final class Child {
        private Child() {
        }

        public static void main(String[] args) throws Exception {
            var ear = new Ear();
            try (RaftLog log = RaftLog.open(settings(Path.of(args[0]), Integer.parseInt(args[1])),
                    ear)) {
                log.ready();
                Members.await("the only member leads", () -> ear.leading);
                for (int n = 1;; n++) {
                    report(log, n);
                    System.out.println(n);
                }
            }
        }
    }

    private Process child(int port) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-cp", System.getProperty("java.class.path"), Child.class.getName(),
                folder.resolve("raft").toString(), String.valueOf(port))
                .redirectError(folder.resolve("child.log").toFile()).start();
    }

    @Test
    void whatWasAcknowledgedSurvivesAKillAndASecondProcessIsRefused() throws Exception {
        int port = freePort();
        Process child = child(port);
        int acknowledged = 0;
        try (BufferedReader lines = child.inputReader()) {
            while (acknowledged < ENOUGH) {
                acknowledged = acknowledged(child, lines.readLine());
            }
            refused(freePort(), "is in use by another process");
            // Not by way of Process, which would throw away what is still to be read.
            child.toHandle().destroyForcibly();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged = acknowledged(child, line);
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        int last = acknowledged;
        var ear = new Ear();
        try (RaftLog log = RaftLog.open(settings(folder.resolve("raft"), port), ear)) {
            log.ready();
            Members.await("the only member leads", () -> ear.leading);
            // One report may have been committed without a chance to say so.
            assertTrue(newest(log) == last || newest(log) == last + 1,
                    newest(log) + " after " + last);
            report(log, last + 2);
            assertEquals(last + 2, newest(log));
        }
    }

    private int acknowledged(Process child, String line)
            throws IOException, InterruptedException {
        if (line == null) {
            throw new AssertionError("the child ended with exit code " + child.waitFor() + ": "
                    + Files.readString(folder.resolve("child.log")));
        }
        return Integer.parseInt(line);
    }

    @Test
    void aDamagedLogIsRefusedAndNobodyIsToldThatOthersHaveIt() throws Exception {
        int port = freePort();
        var ear = new Ear();
        try (RaftLog log = RaftLog.open(settings(folder.resolve("raft"), port), ear)) {
            log.ready();
            Members.await("the only member leads", () -> ear.leading);
            report(log, 1);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("log_"))
                    .toList()) {
                byte[] bytes = Files.readAllBytes(file);
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] ^= 0x5a;
                }
                Files.write(file, bytes);
            }
        }
        refused(port, "restore the folder from a backup");
    }

    private void refused(int port, String part) {
        IOException failure = assertThrows(IOException.class, () -> {
            try (RaftLog log = RaftLog.open(settings(folder.resolve("raft"), port),
                    new Ear())) {
                assertEquals("", log.leader());
            }
        });
        assertTrue(String.valueOf(failure.getMessage()).contains(part), failure.getMessage());
    }
}
