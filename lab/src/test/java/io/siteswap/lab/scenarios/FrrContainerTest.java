package io.siteswap.lab.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import io.siteswap.bgp.app.SpeakerConfig;
import io.siteswap.bgp.app.SpeakerDaemon;
import io.siteswap.bgp.app.StanceReply;
import io.siteswap.bgp.speaker.Ladder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Our speaker against FRR in a container: the prepends of the stance stand in FRR's own table. */
class FrrContainerTest {

    private static final String IMAGE = "quay.io/frrouting/frr:10.3";
    private static final String PREFIX = "203.0.113.0/24";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Starts what BGP needs, loads nothing, and stays. */
    private static final String START = "mkdir -p /run/frr && chown frr:frr /run/frr"
            + " && /usr/lib/frr/zebra -d -A 127.0.0.1 && /usr/lib/frr/bgpd -d -A 127.0.0.1"
            + " && exec sleep infinity";

    @Test
    void announcementWithPrependsIsInFrrsTable(@TempDir Path dir) throws Exception {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(),
                "no container engine answers; as root: lab/engine/up && . lab/engine/env");
        assumeTrue(imageIsHere(), IMAGE + " is not built yet; as root: lab/images/build frr");
        try (var frr = container()) {
            frr.start();
            var gateway = frr.getContainerInfo().getNetworkSettings().getNetworks().values()
                    .iterator().next().getGateway();
            // The connection is handed on by the engine's proxy, so FRR sees its own gateway.
            configure(frr, gateway);
            try (var speaker = SpeakerDaemon.start(speaker(frr, gateway, dir))) {
                awaitEstablished(frr, gateway);
                assertEquals("64500 64500 64500", awaitPath(frr, "64500 64500 64500"));
                var reply = speaker.setStance("shop", 1, PREFIX, "best");
                assertEquals(new StanceReply.Accepted(PREFIX, "best", 1), reply);
                assertEquals("64500", awaitPath(frr, "64500"));
            }
        }
    }

    @SuppressWarnings("resource") // closed by the caller
    private static GenericContainer<?> container() {
        return new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withCommand("sh", "-c", START)
                .withExposedPorts(179)
                // Not for the port: bgpd opens it with the first "router bgp".
                .waitingFor(Wait.forSuccessfulCommand("vtysh -d bgpd -c 'show version'"))
                .withCreateContainerCmdModifier(create -> create.getHostConfig()
                        .withCapAdd(Capability.NET_ADMIN, Capability.SYS_ADMIN));
    }

    private static boolean imageIsHere() {
        try {
            DockerClientFactory.lazyClient().inspectImageCmd(IMAGE).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static SpeakerConfig speaker(GenericContainer<?> frr, String gateway, Path dir) {
        var neighbor = new SpeakerConfig.Neighbor("frr", frr.getHost(), frr.getMappedPort(179),
                64511, false, Optional.empty(), Optional.of(gateway));
        return new SpeakerConfig("test", 64500, "198.18.0.1", Optional.empty(),
                Duration.ofSeconds(3), Duration.ofMillis(500), List.of(neighbor),
                Ladder.standard(), List.of(new SpeakerConfig.Origination(PREFIX, "shop",
                        "normal")),
                dir.resolve("stances"), dir.resolve("bgp.sock"));
    }

    private static void configure(GenericContainer<?> frr, String gateway) throws Exception {
        var ended = frr.execInContainer("vtysh", "-c", "configure terminal",
                "-c", "router bgp 64511", "-c", "bgp router-id 198.18.0.2",
                "-c", "no bgp ebgp-requires-policy",
                "-c", "neighbor " + gateway + " remote-as 64500",
                "-c", "neighbor " + gateway + " passive",
                "-c", "neighbor " + gateway + " timers 1 3");
        assertEquals(0, ended.getExitCode(), ended.getStdout() + ended.getStderr());
    }

    private static void awaitEstablished(GenericContainer<?> frr, String peer) throws Exception {
        await("FRR's session with us is Established",
                () -> show(frr, "show bgp ipv4 unicast summary json").path("peers").path(peer)
                        .path("state").asString("").equals("Established"));
    }

    private static String awaitPath(GenericContainer<?> frr, String wanted) throws Exception {
        await("FRR has the path '" + wanted + "'", () -> path(frr).equals(wanted));
        return path(frr);
    }

    private static String path(GenericContainer<?> frr) throws Exception {
        return show(frr, "show bgp ipv4 unicast " + PREFIX + " json").path("paths").path(0)
                .path("aspath").path("string").asString("");
    }

    private static JsonNode show(GenericContainer<?> frr, String command)
            throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(
                frr.execInContainer("vtysh", "-c", command).getStdout());
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    /** FRR has no way to tell us: its table is asked again until it says so. */
    private static void await(String what, Condition condition) throws Exception {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                fail(what + ": not within " + PATIENCE.toSeconds() + " s");
            }
        }
    }
}
