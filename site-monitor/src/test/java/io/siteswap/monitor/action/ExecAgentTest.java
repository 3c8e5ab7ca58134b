package io.siteswap.monitor.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import io.siteswap.policy.plan.Step.Verb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecAgentTest {

    @TempDir
    Path folder;

    private static List<String> sh(String script) {
        return List.of("sh", "-c", script);
    }

    /** Running is: the file is there. Each start and stop leaves a line in the journal. */
    private ExecAgent agent() {
        return new ExecAgent("app", new ResourceSettings.Exec(
                sh("touch " + folder + "/up; echo start >> " + folder + "/journal"),
                sh("rm " + folder + "/up; echo stop >> " + folder + "/journal"),
                sh("test -e " + folder + "/up")));
    }

    @Test
    void startsAndStopsOnce() throws Exception {
        ExecAgent app = agent();
        assertEquals("app does not run.", app.fence());
        assertEquals("app started.", app.run(Verb.START, "", 1));
        assertEquals("app runs already.", app.run(Verb.START, "", 1));
        assertEquals("app stopped.", app.run(Verb.STOP, "", 1));
        assertEquals("app does not run.", app.run(Verb.STOP, "", 1));
        assertEquals("start\nstop\n", Files.readString(folder.resolve("journal")));
    }

    @Test
    void aFailureSaysExitCodeAndLastLine() {
        ExecAgent app = new ExecAgent("app", new ResourceSettings.Exec(
                sh("yes noise | head -100000; echo 'no such disk' >&2; exit 7"), List.of(),
                List.of()));
        var failed = assertThrows(ResourceAgent.ActionFailed.class,
                () -> app.run(Verb.START, "", 1));
        Programs.assertSays("exit code 7: no such disk", failed);
    }

    @Test
    void aCommandThatDoesNotExistIsOneSentence() {
        ExecAgent app = new ExecAgent("app",
                new ResourceSettings.Exec(List.of("/nonexistent/start"), List.of(), List.of()));
        var failed = assertThrows(ResourceAgent.ActionFailed.class,
                () -> app.run(Verb.START, "", 1));
        Programs.assertSays("The command 'start' cannot be started", failed);
    }

    @Test
    void theDeadlineKillsAllThatACommandStarted() throws Exception {
        ExecAgent app = new ExecAgent("app", new ResourceSettings.Exec(
                sh("sleep 600 & echo $! > " + folder + "/child; wait"), List.of(), List.of()));
        Guarded guarded = new Guarded("app", app, Duration.ofMillis(300), true);
        var failed = assertThrows(ResourceAgent.ActionFailed.class,
                () -> guarded.run(Verb.START, "", 1));
        Programs.assertSays("not over after 300 ms", failed);
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        Programs.await("the child is gone", Duration.ofSeconds(5),
                () -> ProcessHandle.of(child).map(p -> !p.isAlive()).orElse(true));
    }

    @Test
    void whatAStartedDaemonKeepsOpenIsNotWaitedFor() throws Exception {
        ExecAgent app = new ExecAgent("app", new ResourceSettings.Exec(
                sh("sleep 20 & echo $! > " + folder + "/child"), List.of(), List.of()));
        long began = System.nanoTime();
        assertEquals("app started.", app.run(Verb.START, "", 1));
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        assertEquals(true, ProcessHandle.of(child).orElseThrow().destroyForcibly());
        assertEquals(true, seconds < 10, seconds + " s");
    }
}
