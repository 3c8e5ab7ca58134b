package io.siteswap.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** FRR's bgpd without zebra: a network statement whose route-map is replaced. */
final class Frr implements Contender {

    private static final String BGPD = "/usr/lib/frr/bgpd";
    private static final Pattern RECEIVED = Pattern.compile("\"pfxRcd\":(\\d+)");
    /** Its control protocol ends an answer with three zeros and a status. */
    private static final Pattern WHOLE = Pattern.compile("(?s).*\\x00\\x00\\x00.");

    @Override
    public String name() {
        return "frr";
    }

    @Override
    public Version version() {
        return Version.of("frr", BGPD, "--version");
    }

    @Override
    public Optional<String> cannot(Case which) {
        return which == Case.F
                ? Optional.of("its BFD is another daemon, which needs zebra")
                : Optional.empty();
    }

    @Override
    public Daemon start(Setup setup) throws IOException {
        return new Running(setup);
    }

    private static String config(Setup setup) {
        var neighbors = new StringBuilder();
        var families = new StringBuilder();
        for (var peer : setup.peers()) {
            var neighbor = " neighbor " + peer.address().getHostAddress();
            neighbors.append(neighbor).append(" remote-as ").append(peer.as()).append('\n')
                    .append(neighbor).append(" passive\n");
            if (setup.role() == Role.TABLE) {
                families.append(' ').append(neighbor).append(" route-map NONE out\n");
            }
        }
        if (setup.role() == Role.ORIGIN) {
            families.append("  network ").append(PREFIX).append(" route-map HOPS1\n");
        }
        var maps = new StringBuilder("route-map NONE deny 10\nexit\n");
        for (int hops = 1; hops <= 3; hops++) {
            maps.append("route-map HOPS").append(hops).append(" permit 10\n");
            if (hops > 1) {
                maps.append(" set as-path prepend").append((" " + AS).repeat(hops - 1))
                        .append('\n');
            }
            maps.append("exit\n");
        }
        return """
                hostname bench
                router bgp %d
                 bgp router-id 198.18.0.1
                 no bgp ebgp-requires-policy
                 no bgp network import-check
                 timers bgp 60 600
                %s address-family ipv4 unicast
                %s exit-address-family
                exit
                %s""".formatted(AS, neighbors, families, maps);
    }

    private static final class Running extends Daemon {
        private final Path folder;

        Running(Setup setup) throws IOException {
            super(setup.folder(), List.of(BGPD, "-S", "-Z", "-n", "-u", "root", "-g", "root", "-l",
                    TestBed.DAEMON_ADDRESS, "-p", Integer.toString(TestBed.PORT), "-P", "0",
                    "--vty_socket", setup.folder().toString(), "-i",
                    setup.folder().resolve("bgpd.pid").toString(), "-f",
                    Files.writeString(setup.folder().resolve("bgpd.conf"), config(setup))
                            .toString()));
            this.folder = setup.folder();
        }

        private String ask(String... commands) throws IOException {
            try (var control = new ControlSocket(folder.resolve("bgpd.vty"),
                    text -> WHOLE.matcher(text).matches())) {
                var answer = "";
                for (var command : commands) {
                    answer = control.ask(command + "\0");
                    if (answer.startsWith("%")) {
                        throw new IOException("bgpd refused '" + command + "': " + answer);
                    }
                }
                return answer;
            }
        }

        @Override
        long received() throws IOException {
            long sum = 0;
            var matcher = RECEIVED.matcher(ask("show bgp ipv4 unicast summary json"));
            while (matcher.find()) {
                sum += Long.parseLong(matcher.group(1));
            }
            return sum;
        }

        @Override
        void announce(int hops) throws IOException {
            var _ = ask("enable", "configure terminal", "router bgp " + AS,
                    "address-family ipv4 unicast",
                    "network " + PREFIX + " route-map HOPS" + hops);
        }
    }
}
