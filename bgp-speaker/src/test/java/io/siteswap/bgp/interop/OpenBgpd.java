package io.siteswap.bgp.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * OpenBGPD. Its children shut themselves up in {@code /run/openbgpd}, which is made for them in a
 * mount namespace of their own.
 */
final class OpenBgpd extends ForeignSpeaker {

    static final Program PROGRAM = new Program("OpenBGPD", "openbgpd", "bgpd", "-V");

    private static final String PRIVATELY = "mount -t tmpfs run /run && mkdir -m 755 /run/openbgpd"
            + " && exec bgpd -d -v -f \"$1\"";

    OpenBgpd(Setup setup) {
        super(setup);
    }

    @Override
    Process launch() throws IOException {
        Path conf = write("openbgpd.conf",
                """
                        AS %d
                        router-id %s
                        fib-update no
                        holdtime 3
                        holdtime min 3
                        listen on %s port %d
                        socket "%s"
                        nexthop qualify via default
                        neighbor %s {
                          remote-as %d
                          port %d
                          local-address %s
                          %s
                          announce IPv4 %s
                          announce IPv6 %s
                        %s}
                        allow from any
                        allow to any
                        """.formatted(setup.as(), setup.routerId(), setup.address(), setup.port(),
                        control(),
                        setup.ourAddress(), setup.ourAs(), setup.ourPort(), setup.address(),
                        options(),
                        setup.six() ? "none" : "unicast", setup.six() ? "unicast" : "none",
                        setup.passive() ? "  passive\n" : ""));
        // It reads nothing that others may write to.
        Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-------"));
        return run(List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", PRIVATELY,
                "sh", conf.toString()));
    }

    private String options() {
        Extras extras = setup.extras();
        return (extras.ttlSecurity() ? "ttl-security yes" : "multihop 2")
                + extras.passwordLine("\n  tcp md5sig password %s")
                + extras.roleLine("\n  announce policy %s");
    }

    private String control() {
        return setup.dir().resolve("openbgpd.ctl").toString();
    }

    private String bgpctl(String... words) throws IOException {
        List<String> argv = new ArrayList<>(List.of("bgpctl", "-s", control(), "-j"));
        argv.addAll(List.of(words));
        return ask(argv.toArray(new String[0]));
    }

    private JsonNode neighbor() throws IOException {
        String text = bgpctl("show", "neighbor", setup.ourAddress());
        return text.startsWith("{")
                ? json(text).path("neighbors").path(0)
                : json("{}").path("neighbors");
    }

    @Override
    boolean answers() throws IOException {
        return neighbor().has("state");
    }

    @Override
    boolean established() throws IOException {
        return neighbor().path("state").asString("").equals("Established");
    }

    @Override
    Optional<Seen> seen(String prefix) throws IOException {
        String text = bgpctl("show", "rib", "detail", prefix);
        JsonNode route = text.startsWith("{")
                ? json(text).path("rib").path(0)
                : json("[]").path(0);
        if (route.isMissingNode()) {
            return Optional.empty();
        }
        List<String> communities = strings(route.path("communities")).stream()
                .map(c -> c.equals("GRACEFUL_SHUTDOWN") ? "65535:0" : c).toList();
        return Optional.of(new Seen(numbers(route.path("aspath").asString("")), communities,
                route.path("exit_nexthop").asString("")));
    }

    @Override
    void announce(Sent route) throws IOException {
        List<String> words = new ArrayList<>(List.of("network", "add", route.prefix()));
        for (String community : route.communities()) {
            words.addAll(List.of("community", community));
        }
        if (!route.path().isEmpty()) {
            if (!route.path().stream().allMatch(as -> as == setup.as())) {
                throw new IOException("OpenBGPD can repeat only its own AS number");
            }
            words.addAll(List.of("prepend-self", String.valueOf(route.path().size())));
        }
        bgpctl(words.toArray(new String[0]));
    }

    @Override
    void withdraw(String prefix) throws IOException {
        bgpctl("network", "delete", prefix);
    }

    @Override
    void refresh() throws IOException {
        bgpctl("neighbor", setup.ourAddress(), "refresh");
    }

    @Override
    void shutdown(String message) throws IOException {
        bgpctl("neighbor", setup.ourAddress(), "down", message);
    }

    @Override
    String lastError() throws IOException {
        return ask("bgpctl", "-s", control(), "show", "neighbor", setup.ourAddress());
    }
}
