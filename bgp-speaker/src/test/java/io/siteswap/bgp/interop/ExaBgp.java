package io.siteswap.bgp.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** ExaBGP: told through a pipe, and what it hears is read from the events it writes. */
final class ExaBgp extends ForeignSpeaker {

    static final Program PROGRAM = new Program("ExaBGP", "exabgp", "exabgp", "--version");

    ExaBgp(Setup setup) {
        super(setup);
    }

    private Path pipe() {
        return setup.dir().resolve("exabgp.in");
    }

    private Path events() {
        return setup.dir().resolve("exabgp.events");
    }

    private String family() {
        return setup.six() ? "ipv6" : "ipv4";
    }

    @Override
    Process launch() throws IOException {
        Files.deleteIfExists(events());
        if (!Files.exists(pipe())) {
            ask("mkfifo", pipe().toString());
        }
        Path api = write("api.sh", "exec 3<&0\ncat <&3 >%s &\nexec cat <>%s\n"
                .formatted(events(), pipe()));
        String conf = """
                process api {
                  run /bin/sh %s;
                  encoder json;
                }
                neighbor %s {
                  router-id %s;
                  local-address %s;
                  local-as %d;
                  peer-as %d;
                  hold-time 3;
                  passive %b;
                  %s
                  %s
                  capability { route-refresh enable; asn4 enable; %s }
                  family { %s unicast; }
                  api {
                    processes [ api ];
                    neighbor-changes;
                    receive { parsed; update; notification; refresh; }
                  }
                }
                """.formatted(api, setup.ourAddress(), setup.routerId(), setup.address(),
                setup.as(), setup.ourAs(), setup.passive(),
                setup.passive()
                        ? "listen " + setup.port() + ";"
                        : "connect " + setup.ourPort() + ";",
                options(), setup.extras().restart().map("graceful-restart %d;"::formatted)
                        .orElse(""),
                family());
        return run(List.of("env", "exabgp.daemon.user=root", "exabgp.log.level=INFO",
                "exabgp.log.destination=stdout", "exabgp.api.ack=false", "exabgp.api.cli=false",
                "exabgp.tcp.bind=" + setup.address(), "exabgp.tcp.port=" + setup.port(),
                "exabgp.log.all=false", "exabgp",
                write("exabgp.conf", conf).toString()));
    }

    private String options() {
        Extras extras = setup.extras();
        return extras.passwordLine("md5-password '%s';")
                + (extras.ttlSecurity() ? " outgoing-ttl 255; incoming-ttl 255;" : "");
    }

    private void tell(String command) throws IOException {
        Files.writeString(pipe(), command + "\n", StandardOpenOption.WRITE);
    }

    /** A line that is just being written is left for the next look. */
    private List<JsonNode> heard() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String line : Files.readAllLines(events())) {
            try {
                all.add(json(line));
            } catch (JacksonException e) {
                break;
            }
        }
        return all;
    }

    @Override
    boolean answers() {
        return Files.exists(events());
    }

    @Override
    boolean established() throws IOException {
        return heard().stream().filter(event -> event.path("type").asString("").equals("state"))
                .map(event -> event.path("neighbor").path("state").asString("")).toList()
                .reversed().stream().findFirst().filter("up"::equals).isPresent();
    }

    @Override
    Optional<Seen> seen(String prefix) throws IOException {
        Optional<Seen> seen = Optional.empty();
        for (JsonNode event : heard()) {
            if (event.path("neighbor").path("state").asString("").equals("down")) {
                seen = Optional.empty();
            }
            JsonNode update = event.path("neighbor").path("message").path("update");
            for (JsonNode hop : update.path("announce").path(family() + " unicast").properties()
                    .stream().map(java.util.Map.Entry::getValue).toList()) {
                if (strings(hop, "nlri").contains(prefix)) {
                    seen = Optional.of(route(update));
                }
            }
            if (strings(update.path("withdraw").path(family() + " unicast"), "nlri")
                    .contains(prefix)) {
                seen = Optional.empty();
            }
        }
        return seen;
    }

    private static List<String> strings(JsonNode array, String key) {
        List<String> all = new ArrayList<>();
        array.forEach(node -> all.add(node.path(key).asString("")));
        return all;
    }

    private Seen route(JsonNode update) {
        List<Long> path = new ArrayList<>();
        update.path("attribute").path("as-path").forEach(segment -> {
            if (segment.isObject()) {
                segment.path("value").forEach(as -> path.add(as.asLong()));
            } else {
                path.add(segment.asLong());
            }
        });
        List<String> communities = new ArrayList<>();
        update.path("attribute").path("community").forEach(c -> communities
                .add(c.path(0).asString("") + ":" + c.path(1).asString("")));
        String nextHop = update.path("announce").path(family() + " unicast").propertyNames()
                .stream().findFirst().orElse("");
        return new Seen(path, communities, nextHop);
    }

    @Override
    void announce(Sent route) throws IOException {
        tell("announce route " + route.prefix() + " next-hop self"
        // A path is sent as it is given, so its own number stands first.
                + (route.path().isEmpty()
                        ? ""
                        : " as-path [ " + setup.as() + " " + route.words() + " ]")
                + (route.communities().isEmpty()
                        ? ""
                        : " community [ " + String.join(" ", route.communities()) + " ]"));
    }

    @Override
    void withdraw(String prefix) throws IOException {
        tell("withdraw route " + prefix + " next-hop self");
    }

    @Override
    void refresh() throws IOException {
        tell("announce route-refresh " + family() + " unicast");
    }

    @Override
    void shutdown(String message) throws IOException {
        tell("neighbor " + setup.ourAddress() + " teardown 2");
    }

    @Override
    String lastError() throws IOException {
        return Files.readString(events()) + Files.readString(log());
    }
}
