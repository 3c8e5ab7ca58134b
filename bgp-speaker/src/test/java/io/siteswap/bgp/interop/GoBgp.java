package io.siteswap.bgp.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** GoBGP, its API on an address of its own. */
final class GoBgp extends ForeignSpeaker {

    static final Program PROGRAM = new Program("GoBGP", "gobgpd", "gobgpd", "--version");

    private static final int API_PORT = 50051;
    private static final int AS_PATH = 2;
    private static final int NEXT_HOP = 3;
    private static final int COMMUNITIES = 8;
    private static final int MP_REACH = 14;

    GoBgp(Setup setup) {
        super(setup);
    }

    /** Always IPv4. */
    private String apiAddress() {
        return "127.60." + setup.number() + ".9";
    }

    private String family() {
        return setup.six() ? "ipv6" : "ipv4";
    }

    @Override
    Process launch() throws IOException {
        String conf = """
                [global.config]
                  as = %d
                  router-id = "%s"
                  port = %d
                  local-address-list = ["%s"]
                [[neighbors]]
                  [neighbors.config]
                    neighbor-address = "%s"
                    peer-as = %d
                %s
                  [neighbors.transport.config]
                    local-address = "%s"
                    remote-port = %d
                    passive-mode = %b
                %s
                  [neighbors.timers.config]
                    hold-time = 3
                    keepalive-interval = 1
                    connect-retry = 1
                    idle-hold-time-after-reset = 1
                  [[neighbors.afi-safis]]
                    [neighbors.afi-safis.config]
                      afi-safi-name = "%s-unicast"
                %s
                """.formatted(setup.as(), setup.routerId(), setup.port(), setup.address(),
                setup.ourAddress(), setup.ourAs(),
                setup.extras().passwordLine("auth-password = \"%s\""), setup.address(),
                setup.ourPort(), setup.passive(), distance(), family(), restart());
        return run(List.of("gobgpd", "-t", "toml", "-f", write("gobgpd.toml", conf).toString(),
                "--api-hosts", apiAddress() + ":" + API_PORT, "-l", "debug", "--log-plain"));
    }

    private String distance() {
        return setup.extras().ttlSecurity() ? """
                [neighbors.ttl-security.config]
                  enabled = true
                  ttl-min = 254
                """ : """
                [neighbors.ebgp-multihop.config]
                  enabled = true
                  multihop-ttl = 2
                """;
    }

    private String restart() {
        return setup.extras().restart().map("""
                [neighbors.afi-safis.mp-graceful-restart.config]
                  enabled = true
                [neighbors.graceful-restart.config]
                  enabled = true
                  notification-enabled = true
                  restart-time = %d
                """::formatted).orElse("");
    }

    private String gobgp(String... words) throws IOException {
        List<String> argv = new ArrayList<>(List.of("gobgp", "-u", apiAddress(), "-p",
                String.valueOf(API_PORT)));
        argv.addAll(List.of(words));
        return ask(argv.toArray(new String[0]));
    }

    @Override
    boolean answers() throws IOException {
        return gobgp("global").contains("Router-ID");
    }

    @Override
    boolean established() throws IOException {
        return gobgp("neighbor", setup.ourAddress()).contains("state = ESTABLISHED");
    }

    @Override
    Optional<Seen> seen(String prefix) throws IOException {
        String text = gobgp("global", "rib", prefix, "-a", family(), "-j");
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return Optional.empty();
        }
        List<JsonNode> paths = json(text).findParents("attrs");
        if (paths.isEmpty()) {
            return Optional.empty();
        }
        JsonNode path = paths.getFirst();
        List<Long> numbers = new ArrayList<>();
        List<String> communities = new ArrayList<>();
        String nextHop = "";
        for (JsonNode attribute : path.path("attrs")) {
            switch (attribute.path("type").asInt()) {
                case AS_PATH -> attribute.path("as_paths").forEach(segment -> segment.path("asns")
                        .forEach(as -> numbers.add(as.asLong())));
                case NEXT_HOP, MP_REACH -> nextHop = attribute.path("nexthop").asString("");
                case COMMUNITIES -> attribute.path("communities").forEach(c -> communities
                        .add((c.asLong() >>> 16) + ":" + (c.asLong() & 0xFFFF)));
                default -> {
                    // Nothing that these tests look at.
                }
            }
        }
        return Optional.of(new Seen(numbers, communities, nextHop));
    }

    @Override
    void announce(Sent route) throws IOException {
        List<String> words = new ArrayList<>(List.of("global", "rib", "add", route.prefix(), "-a",
                family(), "nexthop", setup.six() ? setup.address() : "198.18.2.2"));
        if (!route.path().isEmpty()) {
            words.addAll(List.of("aspath", route.words().replace(' ', ',')));
        }
        if (!route.communities().isEmpty()) {
            words.addAll(List.of("community", String.join(",", route.communities())));
        }
        String said = gobgp(words.toArray(new String[0]));
        if (!said.isBlank()) {
            throw new IOException("gobgp: " + said);
        }
    }

    @Override
    void withdraw(String prefix) throws IOException {
        gobgp("global", "rib", "del", prefix, "-a", family());
    }

    @Override
    void refresh() throws IOException {
        gobgp("neighbor", setup.ourAddress(), "softresetin");
    }

    @Override
    void shutdown(String message) throws IOException {
        gobgp("neighbor", setup.ourAddress(), "shutdown", "--reason", message);
    }

    @Override
    String lastError() throws IOException {
        try (var lines = Files.lines(log())) {
            return lines.filter(line -> line.contains("notification") || line.contains("Peer Down")
                    || line.contains("Reason")).reduce("", (a, b) -> a + "\n" + b);
        }
    }
}
