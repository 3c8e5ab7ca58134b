package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.SpeakerDaemon;
import io.siteswap.monitor.action.AskingHaproxy;
import io.siteswap.monitor.action.LocalHaproxy;
import io.siteswap.monitor.action.LocalMariadb;
import io.siteswap.monitor.action.Programs;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A monitor and its guard as processes, in front of a real MariaDB to which a client writes all the
 * time: whatever is killed or stopped, nothing is acknowledged after lease and fence bound.
 * A real HAProxy with the shipped configuration sends its clients elsewhere. Wall clocks that are set
 * meanwhile change nothing of that.
 */
@Timeout(240)
class GuardTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration FENCE_BOUND = Duration.ofSeconds(2);
    /** Four checks, 200 ms apart, and what a machine that is busy with other tests takes besides. */
    private static final Duration ALL_DEAD = Duration.ofSeconds(10);

    @TempDir
    private Path folder = Path.of("");
    private final HttpClient http = HttpClient.newHttpClient();
    private LocalMariadb database;
    private SpeakerDaemon speaker;
    private final List<MonitorDaemon> arbiters = new ArrayList<>();
    private Writer writer;
    private Optional<Process> monitor = Optional.empty();
    private Optional<Process> guard = Optional.empty();
    private AskingHaproxy balancer;
    private ClusterConfig config;

    /** An application that never gives up. */
    private static final class Writer {
        private final LocalMariadb database;
        private final Thread thread = Thread.ofVirtual().unstarted(this::work);
        private volatile long acknowledged;

        Writer(LocalMariadb database) {
            this.database = database;
            thread.start();
        }

        private void work() {
            while (!thread.isInterrupted()) {
                try (Connection connection = database.connect("app");
                        Statement run = connection.createStatement()) {
                    while (!thread.isInterrupted()) {
                        run.execute("INSERT INTO shop.t VALUES (NULL)");
                        acknowledged = System.nanoTime();
                    }
                } catch (SQLException e) {
                    // Read-only, cut off or down: again.
                    Thread.onSpinWait();
                }
            }
        }

        void close() throws InterruptedException {
            thread.interrupt();
            thread.join(LIMIT);
        }
    }

    @BeforeEach
    void begin() throws Exception {
        LocalMariadb.require();
        LocalHaproxy.require();
        database = LocalMariadb.start(1);
        database.execute("siteswap", "CREATE TABLE shop.t (id INT AUTO_INCREMENT PRIMARY KEY)");
        Path file = Files.writeString(folder.resolve("siteswap.yaml"), yaml());
        ConfigFile.Result result = ConfigFile.load(file);
        config = assertInstanceOf(ConfigFile.Loaded.class, result, result.toString()).config();
        balancer = AskingHaproxy.start(config.node("dc1").agentCheck().orElseThrow(),
                config.node("dc1").api());
        speaker = SpeakerDaemon.start(SpeakerSettings.of(config, "dc1").orElseThrow());
        writer = new Writer(database);
        for (String node : List.of("a1", "a2")) {
            arbiters.add(MonitorDaemon.start(config, node));
        }
    }

    private String yaml() throws IOException {
        List<Object> values = new ArrayList<>(List.of(folder));
        for (int i = 0; i < 10; i++) {
            values.add(Programs.freePort());
        }
        values.addAll(List.of(database.url(), database.pid()));
        return """
                cluster: guarded
                data-dir: %s
                timing: {probe-timeout: 1s, lease: 2s, renew: 200ms, fence-bound: 2s, cooldown: 1h}
                sites: {dc1: {}, a1: {role: arbiter}, a2: {role: arbiter}}
                nodes:
                  dc1:
                    site: dc1
                    raft: "127.0.0.1:%d"
                    heartbeat: "127.0.0.1:%d"
                    api: "127.0.0.1:%d"
                    guard: true
                    agent-check: "127.0.0.1:%d"
                    speaker: {as: 64500, router-id: 198.18.0.1, neighbors: []}
                  a1:
                    site: a1
                    raft: "127.0.0.1:%d"
                    heartbeat: "127.0.0.1:%d"
                    api: "127.0.0.1:%d"
                  a2:
                    site: a2
                    raft: "127.0.0.1:%d"
                    heartbeat: "127.0.0.1:%d"
                    api: "127.0.0.1:%d"
                services:
                  shop:
                    prefixes: [203.0.113.0/24]
                    sites: [dc1]
                    resources:
                      - name: db
                        kind: mariadb
                        at:
                          dc1: {url: "%s", user: siteswap, password: secret, source: "127.0.0.1:1",
                            replication-user: repl, replication-password: secret,
                            fence: [kill, -KILL, "%d"]}
                """.formatted(values.toArray());
    }

    @AfterEach
    void end() throws Exception {
        if (writer != null) {
            writer.close();
        }
        for (Optional<Process> process : List.of(monitor, guard)) {
            process.ifPresent(it -> Programs.kill(it.toHandle()));
        }
        arbiters.forEach(MonitorDaemon::close);
        if (balancer != null) {
            balancer.close();
        }
        if (speaker != null) {
            speaker.close();
        }
        if (database != null) {
            database.close();
        }
    }

    private Process start(String command) throws IOException {
        return Clocked.start(folder.resolve("clock"), List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m",
                "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), Siteswap.class.getName(), command,
                "--config", folder.resolve("siteswap.yaml").toString(), "--node", "dc1"),
                folder.resolve(command + ".log"));
    }

    private String logs() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : List.of("run.log", "guard.log")) {
            Path log = folder.resolve(name);
            all.append(name).append(":\n").append(Files.exists(log) ? Files.readString(log) : "");
        }
        return all.toString();
    }

    private void await(String what, java.util.concurrent.Callable<Boolean> condition)
            throws Exception {
        try {
            Programs.await(what, LIMIT, condition);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + logs() + explained(), e);
        }
    }

    private String explained() throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(
                    "http://" + config.node("dc1").api() + "/api/explain/shop")).build(),
                    BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void startMonitor() throws Exception {
        monitor = Optional.of(start("run"));
    }

    private void awaitWritten() throws Exception {
        long from = System.nanoTime();
        await("the site is active and a client writes", () -> active()
                && writer.acknowledged - from > 0);
    }

    /** The wall clock of monitor and guard is set; the site is, or comes back, as it was. */
    private void step(Duration offset) throws Exception {
        if (Clocked.here()) {
            Clocked.step(folder.resolve("clock"), offset);
            await("the monitor's clock is off by " + offset, () -> Duration
                    .between(Instant.now().plus(offset), monitorsTime()).abs()
                    .compareTo(LIMIT) < 0);
        }
        awaitWritten();
    }

    private Instant monitorsTime() throws IOException, InterruptedException {
        String date = http.send(HttpRequest.newBuilder(URI.create(
                "http://" + config.node("dc1").api() + "/api/status")).build(),
                BodyHandlers.ofString()).headers().firstValue("Date").orElseThrow();
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    }

    private void awaitBalanced(String status) throws Exception {
        await("the balancer has the servers " + status,
                () -> balancer.status("app1").equals(status));
    }

    private boolean active() throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(
                URI.create("http://" + config.node("dc1").api() + "/api/active/shop")).build(),
                BodyHandlers.ofString()).statusCode() == 200;
    }

    /** The words of the guard's line about the service: what, service, epoch, end of a lease. */
    private List<String> hold() throws IOException {
        return Files.readAllLines(folder.resolve("dc1/guard.state")).stream()
                .filter(line -> line.contains(" shop ")).map(line -> List.of(line.split(" ")))
                .findFirst().orElse(List.of("nothing"));
    }

    /** Waits for the guard's fence; the client's last write was in time. */
    private void fencedInTime(long brokenAt) throws Exception {
        long until = 0;
        List<String> hold = hold();
        while (!hold.getFirst().equals("clear")) {
            until = hold.getFirst().equals("lease") ? Long.parseLong(hold.get(3)) : until;
            assertTrue(System.nanoTime() - brokenAt < LIMIT.toNanos(), this::logsOrNothing);
            Thread.onSpinWait();
            hold = hold();
        }
        assertEquals(1, database.count("SELECT @@global.read_only"));
        long last = writer.acknowledged;
        assertTrue(last - brokenAt > 0, "the database lived on without its monitor");
        assertTrue(until > 0 && last - until < FENCE_BOUND.toNanos(),
                () -> "written after lease and fence bound\n" + logsOrNothing());
    }

    private String logsOrNothing() {
        try {
            return logs();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void signal(Process process, String signal) throws Exception {
        Programs.run(List.of("kill", "-" + signal, String.valueOf(process.pid())));
    }

    @Test
    void theGuardFencesForAMonitorThatIsKilledOrStopped() throws Exception {
        startMonitor();
        await("without a guard the database is not promoted", () -> logs()
                .contains("No guard runs on this node"));
        assertEquals(1, database.count("SELECT @@global.read_only"));
        guard = Optional.of(start("guard"));
        awaitWritten();
        awaitBalanced("UP");
        await("the API says so too", () -> balancer.statusByApi().equals("UP"));
        String said = tested(0);
        assertTrue(said.contains("ok   shop/db ") && said.contains("db is writable, "), said);
        assertTrue(said.contains("a fence would reach everything: each of them has 2000 ms"), said);

        step(Duration.ofHours(-7));
        long killed = System.nanoTime();
        signal(monitor.orElseThrow(), "KILL");
        fencedInTime(killed);
        awaitBalanced("DOWN (agent)");
        await("an API that is dead counts as down", () -> balancer.statusByApi().equals("DOWN"));
        String epoch = hold().get(2);

        startMonitor();
        awaitWritten();
        assertFalse(hold().get(2).equals(epoch), "granted anew, under another epoch");
        awaitBalanced("UP");
        step(Duration.ofHours(5));
        long stopped = System.nanoTime();
        signal(monitor.orElseThrow(), "STOP");
        fencedInTime(stopped);
        awaitBalanced("DOWN (agent)");
        assertTrue(monitor.orElseThrow().waitFor(Duration.ofSeconds(10)),
                "what it had under way ended with it");

        startMonitor();
        awaitWritten();
        awaitBalanced("UP");
        step(Duration.ofDays(300));
        long both = System.nanoTime();
        signal(guard.orElseThrow(), "KILL");
        signal(monitor.orElseThrow(), "KILL");
        guard.orElseThrow().waitFor();
        // Nobody is left who could say "down": the check that asks for an "up" is what notices.
        awaitBalanced("DOWN");
        assertTrue(System.nanoTime() - both < ALL_DEAD.toNanos(), "later than the checks allow");
        guard = Optional.of(start("guard"));
        await("the next guard finishes what the last one knew",
                () -> hold().getFirst().equals("clear"));
        // A guard that has just started is slow: it may have taken the server for hung and killed it.
        assertTrue(!database.alive() || database.count("SELECT @@global.read_only") == 1);
        assertTrue(writer.acknowledged - both > 0);
        if (database.alive()) {
            database.signal("STOP");
            said = tested(Siteswap.REFUSED);
            assertTrue(said.contains("BAD  shop/db ") && said.contains("would NOT reach"), said);
            database.signal("CONT");
        }
    }

    /** What {@code guard --test} prints. */
    private String tested(int code) {
        StringWriter out = new StringWriter();
        CommandLine line = Siteswap.commandLine().setOut(new PrintWriter(out));
        int exit = line.execute("guard", "--test", "--config",
                folder.resolve("siteswap.yaml").toString(), "--node", "dc1");
        assertEquals(code, exit, out::toString);
        return out.toString();
    }
}
