package io.siteswap.monitor.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.config.ClusterConfig.ResourceConfig;
import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import io.siteswap.policy.plan.Resource;
import io.siteswap.policy.plan.Step;
import io.siteswap.policy.plan.Step.Verb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentsTest {

    @TempDir
    Path folder;

    private static Agents agents(ResourceConfig... resources) {
        return Agents.of(Clusters.cluster(Clusters.timing(Duration.ofSeconds(10)),
                List.of(resources), Map.of(), List.of(), Map.of()), "dc1");
    }

    private static Step step(String resource, Verb verb) {
        return new Step("dc1." + resource, "dc1", resource, verb, "", List.of(), false);
    }

    private ResourceConfig app(String startFirst) {
        return Clusters.at1("app", Resource.Type.STARTABLE, new ResourceSettings.Exec(
                List.of("sh", "-c", "echo > " + folder + "/starting; " + startFirst + "touch "
                        + folder + "/up"),
                List.of("rm", "-f", folder + "/up"), List.of("test", "-e", folder + "/up")));
    }

    @Test
    void anOlderEpochIsRefused() throws Exception {
        Agents agents = agents(app(""));
        assertEquals("app started.", agents.run("shop", 5, step("app", Verb.START)));
        var late = assertThrows(ResourceAgent.ActionFailed.class,
                () -> agents.run("shop", 4, step("app", Verb.STOP)));
        Programs.assertSays("epoch 4 is older than 5", late);
        assertThrows(ResourceAgent.ActionFailed.class, () -> agents.fence("shop", 4));
        assertTrue(Files.exists(folder.resolve("up")));
        agents.run("shop", 5, step("app", Verb.STOP));
        assertFalse(Files.exists(folder.resolve("up")));
    }

    @Test
    void aFenceStopsEverythingAndNamesASpeakerThatIsGone() throws Exception {
        Agents agents = agents(app(""));
        agents.run("shop", 1, step("app", Verb.START));
        String said = agents.fence("shop", 1);
        assertTrue(said.startsWith("app stopped."), said);
        assertTrue(said.contains("announcement is not fenced"), said);
        assertFalse(Files.exists(folder.resolve("up")));
    }

    @Test
    void aFenceInterruptsAStartThatIsUnderWay() throws Exception {
        Agents agents = agents(app("sleep 3; "));
        Thread start = Thread.ofVirtual().start(() -> assertThrows(
                ResourceAgent.ActionFailed.class,
                () -> agents.run("shop", 1, step("app", Verb.START))));
        Programs.await("the start command runs", Duration.ofSeconds(5),
                () -> Files.exists(folder.resolve("starting")));
        agents.fence("shop", 1);
        assertTrue(start.join(Duration.ofSeconds(1)), "the start was given up");
        assertFalse(Files.exists(folder.resolve("up")));
    }

    @Test
    void whatIsNotFencedInTimeIsNamedAndGoesOn() throws Exception {
        Agents agents = agents(Clusters.at1("slow", Resource.Type.STARTABLE,
                new ResourceSettings.Exec(List.of("true"),
                        List.of("sh", "-c", "sleep 2; touch " + folder + "/stopped"), List.of())));
        long began = System.nanoTime();
        var failed = assertThrows(ResourceAgent.ActionFailed.class, () -> agents.fence("shop", 1));
        Programs.assertSays("slow is not fenced after 1000 ms", failed);
        assertTrue(System.nanoTime() - began < Duration.ofMillis(1900).toNanos());
        Programs.await("it was not interrupted", Duration.ofSeconds(10),
                () -> Files.exists(folder.resolve("stopped")));
    }

    @Test
    void aHungDatabaseIsFencedWithinTheBound() throws Exception {
        LocalMariadb.require();
        try (LocalMariadb server = LocalMariadb.start(1)) {
            ResourceSettings.Mariadb settings = server.settings(server);
            Agents agents = agents(Clusters.at1("db", Resource.Type.PROMOTABLE, settings));
            agents.run("shop", 1, step("db", Verb.PROMOTE));
            server.signal("STOP");
            long began = System.nanoTime();
            String said = agents.fence("shop", 1);
            long millis = (System.nanoTime() - began) / 1_000_000;
            assertTrue(said.contains("was killed"), said);
            assertTrue(millis <= 1000, millis + " ms");
            Programs.await("the server is gone", Duration.ofSeconds(5), () -> !server.alive());
        }
    }

    @Test
    void aStepForAnUnknownResourceIsOneSentence() {
        var failed = assertThrows(ResourceAgent.ActionFailed.class,
                () -> agents().run("shop", 1, step("nothing", Verb.START)));
        Programs.assertSays("has no resource 'nothing' at this site", failed);
    }
}
