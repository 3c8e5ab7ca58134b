package io.siteswap.bgp.bfd.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.Await;
import io.siteswap.bgp.bfd.BfdOptions;
import io.siteswap.bgp.bfd.BfdState;
import io.siteswap.bgp.bfd.Change;
import io.siteswap.bgp.bfd.Diagnostic;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** With the BFD of FRR and of BIRD behind a cable: IPv4, IPv6, multihop. */
class InteropTest {

    private static final BfdOptions OPTIONS = new BfdOptions(Duration.ofMillis(50),
            Duration.ofMillis(50), 3, false);

    private final Heard v4 = new Heard();
    private final Heard v6 = new Heard();
    private final Heard multihop = new Heard();

    private BfdService watchAll(int multihopTtl) throws IOException {
        BfdService service = BfdService
                .start(BfdAddresses.on(Namespace.OURS, Namespace.OURS_V6));
        watch(service, "v4", Namespace.THEIRS, Namespace.OURS, OPTIONS, v4);
        watch(service, "v6", Namespace.THEIRS_V6, Namespace.OURS_V6, OPTIONS, v6);
        watch(service, "multihop", Namespace.THEIRS, Namespace.OURS,
                OPTIONS.withMultihop(multihopTtl), multihop);
        return service;
    }

    private static void watch(BfdService service, String key, InetAddress remote,
            InetAddress local, BfdOptions options, Heard heard) throws IOException {
        service.watch(key, remote, Optional.of(local), options, heard);
    }

    private static SessionView view(BfdService service, String key) {
        return service.views().stream().filter(v -> v.key().equals(key)).findFirst()
                .orElseThrow();
    }

    /** Up, the slower timers of both, down by silence, up again, down by the sudden death. */
    private void lives(BfdService service, Process daemon) throws Exception {
        v4.await(BfdState.UP);
        v6.await(BfdState.UP);
        multihop.await(BfdState.UP);
        Await.until("timers are agreed",
                () -> view(service, "v4").interval().equals(Duration.ofMillis(70))
                        && view(service, "v4").detection().equals(Duration.ofMillis(4 * 60)));
        Namespace.signal(daemon, "STOP");
        assertSilent(v4);
        assertSilent(v6);
        assertSilent(multihop);
        Namespace.signal(daemon, "CONT");
        v4.await(BfdState.UP);
        v6.await(BfdState.UP);
        multihop.await(BfdState.UP);
    }

    private static void assertSilent(Heard heard) throws InterruptedException {
        Change change = heard.next();
        assertEquals(BfdState.DOWN, change.state());
        assertEquals(Diagnostic.DETECTION_TIME_EXPIRED, change.diagnostic());
        assertTrue(change.pathFailed());
    }

    @Test
    void frr() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/lib/frr/bfdd")),
                "FRR is not installed: apt-get install frr");
        try (Namespace space = Namespace.create()) {
            Process bfdd = startFrr(space);
            try (BfdService service = watchAll(250)) {
                lives(service, bfdd);
                assertTrue(vtysh(space, "show bfd peers").contains("Status: up"));
                vtysh(space, "configure terminal", "bfd",
                        "peer 198.18.77.1 local-address 198.18.77.2 interface swbfd1",
                        "shutdown");
                Change change = v4.await(BfdState.DOWN);
                assertEquals(Diagnostic.NEIGHBOR_SIGNALED_DOWN, change.diagnostic());
                assertFalse(change.pathFailed());
                Namespace.signal(bfdd, "KILL");
                assertSilent(v6);
            }
        }
    }

    private static Process startFrr(Namespace space) throws IOException {
        Path dir = space.dir();
        Path conf = space.write("bfdd.conf", """
                bfd
                 peer 198.18.77.1 local-address 198.18.77.2 interface swbfd1
                  detect-multiplier 4
                  transmit-interval 60
                  receive-interval 70
                 !
                 peer 2001:db8:77::1 local-address 2001:db8:77::2 interface swbfd1
                  transmit-interval 60
                  receive-interval 70
                 !
                 peer 198.18.77.1 multihop local-address 198.18.77.2
                  transmit-interval 60
                  receive-interval 70
                 !
                !
                """);
        Process _ = space.daemon("/usr/lib/frr/zebra", "-P", "0", "--vty_socket", dir.toString(),
                "-i", dir + "/zebra.pid", "-z", dir + "/zserv.api", "-f", "/dev/null");
        space.awaitFile("zserv.api");
        Process bfdd = space.daemon("/usr/lib/frr/bfdd", "-P", "0", "--vty_socket",
                dir.toString(), "-i", dir + "/bfdd.pid", "-z", dir + "/zserv.api", "--bfdctl",
                dir + "/bfdd.sock", "-f", conf.toString());
        space.awaitFile("bfdd.vty");
        return bfdd;
    }

    private static String vtysh(Namespace space, String... commands) throws IOException {
        ProcessBuilder vtysh = new ProcessBuilder("vtysh", "--vty_socket",
                space.dir().toString(), "-d", "bfdd");
        for (String command : commands) {
            vtysh.command().addAll(List.of("-c", command));
        }
        try (var out = vtysh.redirectErrorStream(true).start().getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void bird() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/bird")),
                "BIRD is not installed: apt-get install bird2");
        try (Namespace space = Namespace.create()) {
            Path conf = space.write("bird.conf", """
                    router id 198.18.77.2;
                    protocol device {}
                    protocol bfd {
                      interface "swbfd1" {
                        min rx interval 70 ms; min tx interval 60 ms; multiplier 4;
                      };
                      multihop {
                        min rx interval 70 ms; min tx interval 60 ms; multiplier 4;
                      };
                      neighbor 198.18.77.1 dev "swbfd1";
                      neighbor 2001:db8:77::1 dev "swbfd1";
                      neighbor 198.18.77.1 local 198.18.77.2 multihop yes;
                    }
                    """);
            Process bird = space.daemon("/usr/sbin/bird", "-f", "-c", conf.toString(), "-s",
                    space.dir() + "/bird.ctl");
            // BIRD leaves the TTL of multihop packets to the kernel's default of 64.
            try (BfdService service = watchAll(60)) {
                lives(service, bird);
                Namespace.signal(bird, "KILL");
                assertSilent(v4);
                assertSilent(v6);
                assertSilent(multihop);
            }
        }
    }
}
