package io.siteswap.monitor.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siteswap.bgp.app.SpeakerClient;
import io.siteswap.bgp.app.SpeakerConfig;
import io.siteswap.bgp.app.SpeakerDaemon;
import io.siteswap.bgp.app.StanceView;
import io.siteswap.bgp.speaker.Ladder;
import io.siteswap.policy.plan.Step.Verb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real speaker and a neighbour that takes its announcement. */
class SpeakerAgentTest {

    private static final String PREFIX = "203.0.113.0/24";

    @TempDir
    Path folder;

    private SpeakerConfig config(String name, long as, Optional<String> listen,
            List<SpeakerConfig.Neighbor> neighbors, List<SpeakerConfig.Origination> own) {
        return new SpeakerConfig(name, as, "198.18.1." + as % 100, listen,
                Duration.ofSeconds(9), Duration.ofMillis(100), neighbors, Ladder.standard(), own,
                folder.resolve(name + ".stances"), folder.resolve(name + ".sock"));
    }

    @Test
    void stancesAreTakenWithTheirEpochAndReachTheNeighbour() throws Exception {
        int port = Programs.freePort();
        SpeakerDaemon isp = SpeakerDaemon.start(config("isp", 64510,
                Optional.of("127.0.0.1:" + port),
                List.of(new SpeakerConfig.Neighbor("dc1", "127.0.0.1", 1, 64501, true,
                        Optional.empty(), Optional.empty())),
                List.of()));
        SpeakerDaemon dc1 = SpeakerDaemon.start(config("dc1", 64501, Optional.empty(),
                // Both live at one address, which is no next hop for either.
                List.of(new SpeakerConfig.Neighbor("isp", "127.0.0.1", port, 64510, false,
                        Optional.empty(), Optional.of("198.18.1.9"))),
                List.of(new SpeakerConfig.Origination(PREFIX, "shop", "normal"))));
        try {
            SpeakerClient client = new SpeakerClient(folder.resolve("dc1.sock"),
                    Duration.ofSeconds(5));
            SpeakerAgent agent = new SpeakerAgent("shop", List.of(PREFIX), client, "backup",
                    () -> 7L);
            assertEquals(PREFIX + " announced as best.", agent.run(Verb.STANCE, "best", 5));
            assertEquals(PREFIX + " announced as best.", agent.run(Verb.STANCE, "best", 5));
            awaitSent(client, "best");
            Programs.await("the neighbour has the route", Duration.ofSeconds(10),
                    () -> isp.best(PREFIX).isPresent());

            assertThrows(ResourceAgent.ActionFailed.class,
                    () -> agent.run(Verb.STANCE, "normal", 4));
            assertThrows(ResourceAgent.ActionFailed.class,
                    () -> agent.run(Verb.STANCE, "no such rung", 6));
            assertEquals(PREFIX + " announced as backup.", agent.fence());
            awaitSent(client, "backup");
        } finally {
            dc1.close();
            isp.close();
        }
    }

    private static void awaitSent(SpeakerClient client, String rung) throws Exception {
        Programs.await(rung + " sent to the neighbour", Duration.ofSeconds(10), () -> {
            StanceView stance = client.stances().getFirst();
            return stance.rung().equals(rung) && stance.written().getOrDefault("isp", false);
        });
    }

    @Test
    void aSpeakerThatIsNotThereIsOneSentence() {
        SpeakerAgent agent = new SpeakerAgent("shop", List.of(PREFIX),
                new SpeakerClient(folder.resolve("nobody.sock")), "backup", () -> 1L);
        var failed = assertThrows(ResourceAgent.ActionFailed.class, agent::fence);
        Programs.assertSays("The speaker did not take stance backup for " + PREFIX, failed);
        assertFalse(String.valueOf(failed.getMessage()).contains("Exception"));
    }
}
