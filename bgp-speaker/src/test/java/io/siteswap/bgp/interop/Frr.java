package io.siteswap.bgp.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** FRR's bgpd without zebra, told through vtysh. */
final class Frr extends ForeignSpeaker {

    static final Program PROGRAM = new Program("FRR", "frr", "/usr/lib/frr/bgpd", "--version");

    /** A line of its configuration may have 256 words. */
    private static final int LINE = 200;

    private int maps;

    Frr(Setup setup) {
        super(setup);
    }

    private String family() {
        return setup.six() ? "ipv6" : "ipv4";
    }

    @Override
    Process launch() throws IOException {
        String us = " neighbor " + setup.ourAddress() + " ";
        String conf = "hostname frr\nrouter bgp " + setup.as() + "\n bgp router-id "
                + setup.routerId() + "\n no bgp ebgp-requires-policy\n"
                + " no bgp network import-check\n no bgp default ipv4-unicast\n timers bgp 1 3\n"
                + us + "remote-as " + setup.ourAs() + "\n" + us + "port " + setup.ourPort() + "\n"
                + us + "update-source " + setup.address() + "\n" + options(us) + us
                + "timers connect 1\n" + (setup.passive() ? us + "passive\n" : "")
                + " address-family " + family() + " unicast\n " + us + "activate\n " + us
                + "soft-reconfiguration inbound\n exit-address-family\nexit\nline vty\n";
        return run(List.of(PROGRAM.file(), "-S", "-Z", "-n", "-u", "root", "-g", "root", "-l",
                setup.address(), "-p", String.valueOf(setup.port()), "-P", "0", "--vty_socket",
                setup.dir().toString(), "-i", setup.dir().resolve("bgpd.pid").toString(), "-f",
                write("bgpd.conf", conf).toString()));
    }

    private String options(String us) {
        Extras extras = setup.extras();
        return us + (extras.ttlSecurity() ? "ttl-security hops 2\n" : "ebgp-multihop 2\n")
                + extras.passwordLine(us + "password %s\n")
                + extras.roleLine(us + "local-role %s\n")
                + extras.restart().map(time -> " bgp graceful-restart\n"
                        + " bgp graceful-restart preserve-fw-state\n"
                        + " bgp graceful-restart restart-time " + time + "\n").orElse("");
    }

    private String vtysh(String... commands) throws IOException {
        List<String> argv = new ArrayList<>(
                List.of("vtysh", "--vty_socket", setup.dir().toString(), "-d", "bgpd"));
        for (String command : commands) {
            argv.add("-c");
            argv.add(command);
        }
        return ask(argv.toArray(new String[0]));
    }

    private JsonNode neighbor() throws IOException {
        return json(vtysh("show bgp neighbors " + setup.ourAddress() + " json"))
                .path(setup.ourAddress());
    }

    @Override
    boolean answers() throws IOException {
        return vtysh("show version").contains("FRR");
    }

    @Override
    boolean established() throws IOException {
        return neighbor().path("bgpState").asString("").equals("Established");
    }

    @Override
    Optional<Seen> seen(String prefix) throws IOException {
        JsonNode path = json(vtysh("show bgp " + family() + " unicast " + prefix + " json"))
                .path("paths").path(0);
        if (path.isMissingNode()) {
            return Optional.empty();
        }
        String communities = path.path("community").path("string").asString("")
                .replace("graceful-shutdown", "65535:0");
        return Optional.of(new Seen(numbers(path.path("aspath").path("string").asString("")),
                communities.isEmpty() ? List.of() : List.of(communities.split(" ")),
                path.path("nexthops").path(0).path("ip").asString("")));
    }

    @Override
    void announce(Sent route) throws IOException {
        maps++;
        List<String> commands = new ArrayList<>(
                List.of("configure terminal", "route-map M" + maps + " permit 10"));
        int direct = Math.min(LINE, route.path().size());
        List<Long> far = route.path().subList(route.path().size() - direct, route.path().size());
        if (!far.isEmpty()) {
            commands.add("set as-path prepend " + Sent.words(far));
        }
        if (!route.communities().isEmpty()) {
            commands.add("set community " + String.join(" ", route.communities()));
        }
        commands.addAll(List.of("exit", "router bgp " + setup.as(),
                "address-family " + family() + " unicast",
                "network " + route.prefix() + " route-map M" + maps));
        if (direct < route.path().size()) {
            // The rest is put before it on the way out.
            commands.addAll(List.of("neighbor " + setup.ourAddress() + " route-map NEAR out",
                    "exit", "exit", "route-map NEAR permit 10", "set as-path prepend "
                            + Sent.words(route.path().subList(0, route.path().size() - direct))));
        }
        vtysh(commands.toArray(new String[0]));
    }

    @Override
    void withdraw(String prefix) throws IOException {
        vtysh("configure terminal", "router bgp " + setup.as(),
                "address-family " + family() + " unicast", "no network " + prefix);
    }

    @Override
    void refresh() throws IOException {
        // With soft-reconfiguration it would only look at its own copy.
        vtysh("configure terminal", "router bgp " + setup.as(),
                "address-family " + family() + " unicast",
                "no neighbor " + setup.ourAddress() + " soft-reconfiguration inbound");
        vtysh("clear bgp " + family() + " " + setup.ourAddress() + " soft in");
    }

    @Override
    void shutdown(String message) throws IOException {
        vtysh("configure terminal", "router bgp " + setup.as(),
                "neighbor " + setup.ourAddress() + " shutdown message " + message);
    }

    @Override
    String lastError() throws IOException {
        return neighbor().path("lastNotificationReason").asString("") + " "
                + neighbor().path("lastShutdownDescription").asString("");
    }
}
