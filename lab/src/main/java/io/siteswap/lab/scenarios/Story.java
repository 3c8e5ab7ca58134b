package io.siteswap.lab.scenarios;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scenarios: what breaks, and how it must end. */
enum Story {

    POWER_LOSS("dc1-power-loss", "dc1 loses power: silence on its cables, every process dead") {
        @Override
        String play(Stage stage) throws IOException {
            powerCut(stage);
            return "dc2";
        }
    },

    APP_SERVER_DOWN("app-server-down", "one application server of the active site dies") {
        @Override
        String play(Stage stage) throws IOException {
            stage.turn("kill -9 of app1 at dc1");
            stage.lab().crash(List.of("dc1-app1"));
            stage.await("app1 of dc1 refuses connections", PATIENCE, () -> stage.lab()
                    .exec("dc1-edge", List.of("curl", "-s", "-m", "1",
                            "http://198.18.1.11:8081/health"))
                    .code() == CURL_REFUSED);
            // Longer than hysteresis and decision together: a wrong move would show.
            stage.observe(Duration.ofSeconds(6));
            stage.awaitMove("dc1");
            return "dc1";
        }
    },

    SITE_PARTITION("site-partition", "dc1 loses dc2 and the arbiter; clients still reach it") {
        @Override
        String play(Stage stage) throws IOException {
            stage.turn("isp1 drops what dc1 and {dc2, arbiter} send each other");
            stage.lab().nft("isp1", """
                    table inet story {
                      chain cut {
                        type filter hook forward priority 0;
                        ip saddr 198.18.1.0/24 ip daddr { 198.18.2.0/24, 198.18.3.0/24 } drop
                        ip daddr 198.18.1.0/24 ip saddr { 198.18.2.0/24, 198.18.3.0/24 } drop
                      }
                    }
                    """);
            stage.awaitMove("dc2");
            // Connected at all: dc1, cut off from dc2, has nobody to hand the request to.
            var connected = stage.lab().exec("client", List.of("curl", "-s", "-m", "1", "-o",
                    "/dev/null", "-w", "%{time_connect}", "http://198.18.1.10:8080/health"));
            stage.expect(Double.parseDouble(connected.output()) > 0,
                    "clients should still reach dc1's load balancer");
            return "dc2";
        }
    },

    PROVIDER_BLACKHOLE("provider-blackhole", "isp1 keeps announcing dc1 and drops its traffic") {
        @Override
        String play(Stage stage) throws IOException {
            stage.turn("isp1 drops everything it should forward to or from dc1");
            stage.lab().nft("isp1", """
                    table inet story {
                      chain hole {
                        type filter hook forward priority 0;
                        iifname "eth2" drop
                        oifname "eth2" drop
                      }
                    }
                    """);
            stage.awaitMove("dc2");
            var table = stage.route().table();
            stage.expect(Outcome.pathThrough(table, 64511).isPresent(),
                    "isp1 should still announce dc1's path to the transit router");
            stage.expect(Outcome.pathThrough(table, 64512).equals(Optional.of("64512 64500")),
                    "dc2 should have removed its prepends, but its path is "
                            + Outcome.pathThrough(table, 64512).orElse("gone"));
            return "dc2";
        }
    },

    PLANNED_SWITCHOVER("planned-switchover", "an operator moves the service to dc2") {
        @Override
        String play(Stage stage) throws IOException {
            move(stage, "dc2");
            return "dc2";
        }
    },

    FAILBACK("failback", "dc1 loses power, comes back as standby, is rebuilt, takes over again") {
        @Override
        String play(Stage stage) throws IOException {
            powerCut(stage);
            stage.timeline().add("lab", "power", "power is back at dc1");
            stage.powerOn(stage.lab().topology().nodesOf("dc1"));
            stage.await("dc1's monitor is back", PATIENCE,
                    () -> stage.cluster().status("dc1").isPresent());
            // On a slow machine the guard or the returning monitor may find it too slow to answer.
            stage.await("dc1's database is back, or fenced", PATIENCE,
                    () -> readOnly(stage).isPresent() || killedByFence(stage));
            // Nothing comes back by itself: give it the time to try.
            stage.observe(Duration.ofSeconds(3));
            stage.expect(!readOnly(stage).equals(Optional.of("0")),
                    "the returned database of dc1 should take no writes");
            stage.expect(stage.active().equals("dc2"), "dc2 should still be active");
            stage.expect(stage.route().provider().equals("isp2"),
                    "traffic should not have returned by itself");
            stage.timeline().add("lab", "resync", "an operator rebuilds dc1's database from dc2");
            stage.cluster().command("resync", Map.of("site", "dc1", "operator", "lab"));
            stage.await("dc1's database follows dc2's", PATIENCE,
                    () -> stage.follows("dc1", "dc2"));
            stage.cluster().command("ack", Map.of("operator", "lab"));
            stage.awaitMove("dc2");
            move(stage, "dc1");
            return "dc1";
        }

        // Empty when it does not run.
        private Optional<String> readOnly(Stage stage) throws IOException {
            var ended = stage.lab().exec("dc1-db",
                    List.of("mariadb", "-N", "-e", "SELECT @@global.read_only"));
            return ended.code() == 0 ? Optional.of(ended.output().strip()) : Optional.empty();
        }

        private boolean killedByFence(Stage stage) throws IOException {
            boolean monitor = stage.timeline().firstMillis(entry -> entry.source().equals("dc1")
                    && entry.kind().equals("fence") && entry.text().startsWith("Fenced:"))
                    .isPresent();
            boolean guard = stage.lab().exec("dc1-edge",
                    List.of("grep", "-q", "Fenced service", "/var/log/lab/guard.log")).code() == 0;
            return (monitor || guard) && stage.lab()
                    .exec("dc1-db", List.of("pgrep", "-x", "mariadbd")).code() == NO_PROCESS;
        }
    },

    LEADER_KILLED("leader-killed", "the leading monitor dies in the middle of a failover") {
        @Override
        String play(Stage stage) throws IOException {
            var leader = stage.cluster().leader();
            stage.turn("kill -9 of everything on dc1's servers; its router and monitor live");
            stage.lab().crash(List.of("dc1-lb", "dc1-app1", "dc1-app2", "dc1-db"));
            try {
                stage.expect(stage.timeline().await(entry -> entry.kind().equals("decision")
                        && entry.text().contains("from dc1 to dc2"), PATIENCE),
                        "no failover was decided within " + PATIENCE.toSeconds() + " s");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            // It stays dead: another must finish what it began.
            stage.lab().check(Cluster.nodeOf(leader), "touch", "/run/hold-monitor");
            stage.lab().check(Cluster.nodeOf(leader), "pkill", "-9", "-f", "Siteswap run");
            stage.timeline().add("lab", "fault", "kill -9 of the leading monitor, " + leader);
            stage.awaitMove("dc2");
            stage.expect(!stage.cluster().leader().equals(leader),
                    leader + " should not lead any more");
            return "dc2";
        }
    };

    private static final int CURL_REFUSED = 7;
    private static final int NO_PROCESS = 1;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String id;
    private final String about;

    Story(String id, String about) {
        this.id = id;
        this.about = about;
    }

    String id() {
        return id;
    }

    String about() {
        return about;
    }

    /** Plays it on a stage that is ready, and returns the site that must be active at the end. */
    abstract String play(Stage stage) throws IOException;

    /** @throws IOException naming the scenarios there are */
    static Story named(String id) throws IOException {
        return Arrays.stream(values()).filter(story -> story.id.equals(id)).findFirst()
                .orElseThrow(() -> new IOException("no scenario is called '" + id + "'; there are "
                        + String.join(", ", Arrays.stream(values()).map(Story::id).toList())));
    }

    private static void powerCut(Stage stage) throws IOException {
        stage.turn("power is cut at dc1");
        stage.lab().powerOff(stage.lab().topology().nodesOf("dc1"));
        stage.awaitMove("dc2");
    }

    private static void move(Stage stage, String to) throws IOException {
        stage.turn("an operator moves the service to " + to);
        stage.cluster().command("move", Map.of("to", to, "operator", "lab", "force", false));
        stage.awaitMove(to);
    }
}
