package io.siteswap.lab.scenarios;

import io.siteswap.lab.topology.NamespaceLab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The three monitors of the lab, asked through their local API from their own nodes. */
public final class Cluster {

    public static final String SERVICE = "shop";
    /** Node of the topology by name of the monitor; the arbiter first, it is asked most. */
    private static final Map<String, String> NODES = Map.of("arb", "arb", "dc1", "dc1-edge", "dc2",
            "dc2-edge");
    private static final List<String> ORDER = List.of("arb", "dc2", "dc1");
    private static final Map<String, InetSocketAddress> APIS = Map.of("dc1",
            api("127.0.0.1"), "dc2",
            api("127.0.0.2"), "arb",
            api("127.0.0.3"));

    private final NamespaceLab lab;

    public Cluster(NamespaceLab lab) {
        this.lab = lab;
    }

    /** Node of the topology that the monitor runs on. */
    public static String nodeOf(String monitor) {
        return Objects.requireNonNull(NODES.get(monitor), monitor);
    }

    /** Where the monitor's API listens, on its own node. */
    public static InetSocketAddress apiOf(String monitor) {
        return Objects.requireNonNull(APIS.get(monitor), monitor);
    }

    private static InetSocketAddress api(String host) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), 7103);
    }

    private static String url(String monitor) {
        return "http://" + apiOf(monitor).getHostString() + ":" + apiOf(monitor).getPort()
                + "/api/";
    }

    /** The monitor's status; empty when it does not answer. */
    Optional<JsonNode> status(String monitor) throws IOException {
        var ended = lab.exec(nodeOf(monitor),
                List.of("curl", "-fsS", "-m", "1", url(monitor) + "status"));
        try {
            return ended.code() == 0
                    ? Optional.of(JsonMapper.shared().readTree(ended.output()))
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** What the leader says; empty while there is none. */
    Optional<JsonNode> leaderStatus() throws IOException {
        for (var monitor : ORDER) {
            var status = status(monitor);
            if (status.isPresent() && status.get().path("leading").asBoolean(false)) {
                return status;
            }
        }
        return Optional.empty();
    }

    /** The service in the leader's status; a missing node while there is no leader. */
    public JsonNode service() throws IOException {
        return leaderStatus().map(status -> status.path("services").path(SERVICE))
                .orElse(JsonMapper.shared().missingNode());
    }

    /** The site that holds the ticket with nothing under way; empty otherwise. */
    public String settledHolder() throws IOException {
        var service = service();
        var calm = service.path("phase").asString("").equals("HELD")
                && (service.path("running").isNull() || service.path("running").isMissingNode());
        return calm ? service.path("holder").asString("") : "";
    }

    /** Name of the monitor that leads; empty while there is none. */
    String leader() throws IOException {
        return leaderStatus().map(status -> status.path("node").asString("")).orElse("");
    }

    /** An operator's command to the leader; {@code what} is move, resync or ack. */
    public void command(String what, Map<String, Object> body) throws IOException {
        var leader = leader();
        if (leader.isEmpty()) {
            throw new IOException("no monitor leads, so nobody takes the command '" + what + "'");
        }
        lab.check(nodeOf(leader), "curl", "--fail-with-body", "-sS", "-m", "5", "-X", "POST", "-H",
                "Content-Type: application/json", "-d",
                JsonMapper.shared().writeValueAsString(body),
                url(leader) + "services/" + SERVICE + "/" + what);
    }
}
