package io.siteswap.lab.bench;

import io.siteswap.lab.topology.Argv;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** GoBGP, asked with its own command line tool, which costs about 20 ms each time. */
final class GoBgp implements Contender {

    private static final String API_PORT = "50051";
    private static final Pattern RECEIVED = Pattern.compile("\"received\":(\\d+)");

    @Override
    public String name() {
        return "gobgp";
    }

    @Override
    public Version version() {
        return Version.of("gobgpd", "gobgpd", "--version");
    }

    @Override
    public Optional<String> cannot(Case which) {
        return which == Case.F ? Optional.of("it has no BFD") : Optional.empty();
    }

    @Override
    public Daemon start(Setup setup) throws IOException {
        var daemon = new Running(setup);
        if (setup.role() == Role.ORIGIN) {
            // It has no route in its configuration file.
            daemon.ready(() -> daemon.announce(1));
        }
        return daemon;
    }

    private static String config(Setup setup) {
        var text = new StringBuilder("""
                [global.config]
                  as = %d
                  router-id = "198.18.0.1"
                  local-address-list = ["%s"]
                [global.apply-policy.config]
                  default-export-policy = "%s"
                """.formatted(AS, TestBed.DAEMON_ADDRESS,
                setup.role() == Role.TABLE ? "reject-route" : "accept-route"));
        for (var peer : setup.peers()) {
            text.append("""
                    [[neighbors]]
                      [neighbors.config]
                        neighbor-address = "%s"
                        peer-as = %d
                      [neighbors.transport.config]
                        passive-mode = true
                      [neighbors.timers.config]
                        hold-time = 600
                        keepalive-interval = 60
                    """.formatted(peer.address().getHostAddress(), peer.as()));
        }
        return text.toString();
    }

    private static final class Running extends Daemon {
        private final List<SimulatedPeer> peers;

        Running(Setup setup) throws IOException {
            super(setup.folder(), List.of("gobgpd", "-t", "toml", "-f",
                    Files.writeString(setup.folder().resolve("gobgpd.toml"), config(setup))
                            .toString(),
                    "--api-hosts", "127.0.0.1:" + API_PORT, "-l", "error"));
            this.peers = setup.peers();
        }

        private static String ask(String... words) throws IOException {
            var argv = new java.util.ArrayList<>(List.of("gobgp", "-p", API_PORT));
            argv.addAll(List.of(words));
            return Argv.check(TestBed.inside(argv), "");
        }

        @Override
        long received() throws IOException {
            long sum = 0;
            for (var peer : peers) {
                var matcher = RECEIVED.matcher(ask("neighbor", peer.address().getHostAddress(),
                        "-j"));
                sum += matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
            }
            return sum;
        }

        @Override
        void announce(int hops) throws IOException {
            var path = (" " + AS).repeat(hops - 1).strip();
            if (hops == 1) {
                ask("global", "rib", "add", PREFIX, "nexthop", TestBed.DAEMON_ADDRESS);
            } else {
                ask("global", "rib", "add", PREFIX, "nexthop", TestBed.DAEMON_ADDRESS, "aspath",
                        path.replace(' ', ','));
            }
        }
    }
}
