package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.SpeakerDaemon;
import io.siteswap.monitor.action.AskingHaproxy;
import io.siteswap.monitor.action.LocalHaproxy;
import io.siteswap.monitor.action.Programs;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ConfigFile;
import io.siteswap.monitor.guard.Line;
import io.siteswap.monitor.guard.io.GuardDaemon;
import io.siteswap.monitor.guard.io.GuardLink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real HAProxy with the shipped configuration asks a real guard; the monitor's end of the guard's
 * socket is this test. What becomes of killed processes: {@link GuardTest}.
 */
@Timeout(180)
class AgentCheckedTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(2);

    private @TempDir Path folder = Path.of("");
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private SpeakerDaemon speaker;
    private GuardDaemon guard;
    private GuardLink link;
    private AskingHaproxy haproxy;

    @BeforeEach
    void start() throws Exception {
        LocalHaproxy.require();
        ClusterConfig config = config();
        speaker = SpeakerDaemon.start(SpeakerSettings.of(config, "dc1").orElseThrow());
        guard = GuardDaemon.start(config, "dc1");
        connect();
        haproxy = AskingHaproxy.start(config.node("dc1").agentCheck().orElseThrow(),
                config.node("dc1").api());
    }

    private void connect() {
        link = new GuardLink(folder.resolve("dc1/guard.sock"), _ -> {
        }, _ -> {
        });
        link.start();
    }

    private ClusterConfig config() throws Exception {
        Path file = Files.writeString(folder.resolve("siteswap.yaml"), """
                cluster: guarded
                data-dir: %s
                unsafe: true
                timing: {lease: 2s, renew: 200ms, fence-bound: 2s}
                sites: {dc1: {}}
                nodes:
                  dc1:
                    site: dc1
                    raft: "127.0.0.1:7101"
                    heartbeat: "127.0.0.1:7102"
                    api: "127.0.0.1:7103"
                    guard: true
                    agent-check: "127.0.0.1:%d"
                    speaker: {as: 64500, router-id: 198.18.0.1, neighbors: []}
                services:
                  shop: {prefixes: [203.0.113.0/24], sites: [dc1], resources: []}
                """.formatted(folder, Programs.freePort()));
        ConfigFile.Result result = ConfigFile.load(file);
        return assertInstanceOf(ConfigFile.Loaded.class, result, result.toString()).config();
    }

    @AfterEach
    void end() throws Exception {
        clock.shutdownNow();
        for (AutoCloseable part : new AutoCloseable[]{haproxy, link, guard, speaker}) {
            if (part != null) {
                part.close();
            }
        }
    }

    /** What a monitor says whose renewals are granted. */
    private Future<?> renew(long epoch) {
        return clock.scheduleAtFixedRate(() -> link.tell("shop",
                new Line.Lease("shop", epoch, System.nanoTime() + LEASE.toNanos() * 9 / 10)), 0,
                100,
                TimeUnit.MILLISECONDS);
    }

    private void await(String server, String status, String reason) throws Exception {
        try {
            Programs.await(server + " is " + status, LIMIT,
                    () -> haproxy.status(server).equals(status)
                            && haproxy.reason(server).contains(reason));
        } catch (AssertionError e) {
            throw new AssertionError(haproxy.ask("show stat"), e);
        }
    }

    /** The end of a lease that the monitor has a word to say about. */
    private void say(Future<?> renewals, Line line) throws Exception {
        renewals.cancel(false);
        // Behind a renewal that is just being told.
        clock.submit(() -> link.tell("shop", line)).get();
    }

    @Test
    void theServersOfTheSiteAreUpWhileItsLeaseRuns() throws Exception {
        await("app1", "DOWN (agent)", "never active here");
        assertEquals("MAINT", haproxy.status("dc2"), "it is not asked about the other site");

        Future<?> renewals = renew(1);
        await("app1", "UP", "");
        await("app2", "UP", "");

        // The monitor is gone; the guard fences at the end of the lease.
        renewals.cancel(false);
        link.close();
        await("app1", "DOWN (agent)", "standby since epoch 1");
        await("app2", "DOWN (agent)", "standby since epoch 1");

        // The monitor loses its lease and fences by itself.
        connect();
        renewals = renew(2);
        await("app1", "UP", "");
        say(renewals, new Line.Fencing("shop", 2));
        await("app1", "DOWN (agent)", "epoch 2: the monitor fences");
        link.tell("shop", new Line.Clear("shop", 2));

        // A planned move.
        renewals = renew(3);
        await("app1", "UP", "");
        say(renewals, new Line.Clear("shop", 3));
        await("app1", "DOWN (agent)", "standby since epoch 3");
    }

    @Test
    void whatAnOperatorOrTheMonitorHasTakenOutIsNotPutBack() throws Exception {
        Future<?> renewals = renew(1);
        await("app1", "UP", "");
        await("app2", "UP", "");
        assertEquals("", haproxy.ask("set server shop/app1 state maint").strip());
        // app2 sees a whole round of words, as often as app1 does.
        say(renewals, new Line.Clear("shop", 1));
        await("app2", "DOWN (agent)", "standby since epoch 1");
        var _ = renew(2);
        await("app2", "UP", "");
        assertEquals("MAINT", haproxy.status("app1"));
        assertEquals("", haproxy.ask("set server shop/app1 state ready").strip());
        await("app1", "UP", "");
    }

    @Test
    void theSnippetOfTheManualIsTheShippedFile() throws Exception {
        String file = Files.readString(Path.of("../examples/haproxy/agent-check.cfg"));
        String backend = file.substring(file.indexOf("\nbackend shop"));
        assertTrue(Files.readString(Path.of("../docs/haproxy.md")).contains(backend),
                "docs/haproxy.md must show the backend of examples/haproxy/agent-check.cfg");
    }
}
