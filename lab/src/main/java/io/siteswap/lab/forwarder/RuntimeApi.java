package io.siteswap.lab.forwarder;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The subset of HAProxy's runtime API that docs/haproxy.md names: one command, one answer. */
final class RuntimeApi {
    private static final Pattern SET_SERVER = Pattern
            .compile("set server ([^/\\s]+)/(\\S+) state (\\S+)");
    private static final Pattern SHOW_STATE = Pattern.compile("show servers state(?: (\\S+))?");
    private static final int RUNNING = 2;
    private static final int FORCED_MAINTENANCE = 1;

    private final String frontend;
    private final Backend backend;

    RuntimeApi(String frontend, Backend backend) {
        this.frontend = frontend;
        this.backend = backend;
    }

    String answer(String command) {
        Matcher set = SET_SERVER.matcher(command);
        if (set.matches()) {
            return setServer(set.group(1), set.group(2), set.group(3));
        }
        Matcher state = SHOW_STATE.matcher(command);
        if (state.matches()) {
            return state.group(1) == null || state.group(1).equals(backend.name())
                    ? serversState()
                    : "Can't find backend.\n";
        }
        if (command.startsWith("show stat")) {
            return statistics();
        }
        if (command.equals("show info")) {
            return "Name: siteswap-forwarder\nVersion: 0 (the lab's own, not HAProxy)\nPid: "
                    + ProcessHandle.current().pid() + "\nCurrConns: "
                    + backend.servers().stream().mapToInt(Backend.Server::sessions).sum() + "\n";
        }
        return "Unknown command: '" + command + "'.\n";
    }

    private String setServer(String name, String server, String state) {
        if (!name.equals(backend.name())) {
            return "No such backend.\n";
        }
        boolean known = switch (state) {
            case "ready" -> backend.ready(server, true);
            case "maint" -> backend.ready(server, false);
            default -> throw new IllegalArgumentException(
                    "'set server <srv> state' expects 'ready', 'drain' and 'maint'.");
        };
        return known ? "" : "No such server.\n";
    }

    private String serversState() {
        List<Backend.Server> servers = backend.servers();
        return "1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state\n"
                + IntStream.range(0, servers.size()).mapToObj(i -> {
                    Backend.Server server = servers.get(i);
                    return "3 %s %d %s %s %d %d\n".formatted(backend.name(), i + 1, server.name(),
                            server.address().getAddress().getHostAddress(),
                            server.ready() ? RUNNING : 0,
                            server.ready() ? 0 : FORCED_MAINTENANCE);
                }).collect(Collectors.joining());
    }

    private String statistics() {
        return "# pxname,svname,qcur,qmax,scur,\n" + frontend + ",FRONTEND,0,0,0,\n"
                + backend.servers().stream()
                        .map(s -> backend.name() + "," + s.name() + ",0,0," + s.sessions() + ",\n")
                        .collect(Collectors.joining());
    }
}
