package io.siteswap.monitor.config;

import io.siteswap.monitor.config.Located.Place;
import io.siteswap.monitor.config.Located.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The addresses of the nodes: that they are some, that nobody else has them, who may reach them. */
final class AddressCheck {

    private final Located file;
    private final List<String> arbiters;
    private final BiConsumer<Place, String> problems;

    AddressCheck(Located file, List<String> arbiters, BiConsumer<Place, String> problems) {
        this.file = file;
        this.arbiters = arbiters;
        this.problems = problems;
    }

    void check() {
        file.fields("nodes").values().forEach(node -> {
            Located value = node.value();
            literals(value);
            value.scalar("api").ifPresent(this::loopback);
            value.scalar("agent-check").ifPresent(at -> agentCheck(at, value));
        });
        once();
    }

    /** The API has no passwords: whoever reaches it moves services. */
    private void loopback(Scalar api) {
        if (endpoint(api).filter(at -> !at.loopback()).isPresent()) {
            problems.accept(api.at(), "'" + api.text() + "' would let anyone on the network move"
                    + " services (expected a loopback address such as 127.0.0.1:7103)");
        }
    }

    private void agentCheck(Scalar at, Located node) {
        if (node.text("guard").filter("true"::equals).isEmpty()) {
            problems.accept(at.at(), "'agent-check' is answered by the guard, which this node does"
                    + " not have (expected 'guard: true' beside it)");
        }
        node.text("site").filter(arbiters::contains)
                .ifPresent(site -> problems.accept(at.at(), "'agent-check' has no use at the"
                        + " arbiter '" + site + "', where no service is ever active"));
        endpoint(at).ifPresent(wanted -> ports(node).filter(other -> endpoint(other.getValue())
                .filter(it -> it.port() == wanted.port()).isPresent()).findFirst()
                .ifPresent(other -> problems.accept(at.at(), "port " + wanted.port()
                        + " of 'agent-check' is the one of '" + other.getKey() + "' in line "
                        + other.getValue().at().line() + " (expected a port of its own)")));
    }

    /** What a process of the node listens on, with its key. */
    private static Stream<Map.Entry<String, Scalar>> ports(Located node) {
        String raft = node.field("raft-listen").isPresent() ? "raft-listen" : "raft";
        boolean own = node.field("heartbeat-listen").isPresent();
        Stream<Map.Entry<String, Scalar>> keys = Stream
                .of(raft, own ? "heartbeat-listen" : "heartbeat", "api")
                .flatMap(key -> node.scalar(key).map(it -> Map.entry(key, it)).stream());
        Stream<Map.Entry<String, Scalar>> paths = own
                ? Stream.of()
                : node.fields("paths").keySet().stream().flatMap(name -> node.get("paths")
                        .flatMap(it -> it.scalar(name)).map(it -> Map.entry("paths", it)).stream());
        Stream<Map.Entry<String, Scalar>> speaker = node.get("speaker")
                .flatMap(it -> it.scalar("listen")).map(it -> Map.entry("speaker: listen", it))
                .stream();
        return Stream.of(keys, paths, speaker).flatMap(it -> it);
    }

    /** Empty where the file's form or the address itself is wrong, which is told elsewhere. */
    private static Optional<HostPort> endpoint(Scalar address) {
        return HostPort.FORM.matcher(address.text()).matches()
                && HostPort.fault(address.text()).isEmpty()
                        ? Optional.of(HostPort.parse(address.text()))
                        : Optional.empty();
    }

    /** Everything that is {@code host:port} by the schema. */
    private void literals(Located node) {
        Stream.of("raft", "raft-listen", "heartbeat", "heartbeat-listen", "api", "agent-check")
                .flatMap(key -> node.scalar(key).stream()).forEach(this::literal);
        node.get("paths").ifPresent(paths -> paths.fields().keySet()
                .forEach(name -> paths.scalar(name).ifPresent(this::literal)));
        node.get("speaker").ifPresent(speaker -> {
            speaker.scalar("listen").ifPresent(this::literal);
            speaker.scalars("bmp").forEach(this::literal);
            speaker.get("rpki").ifPresent(rpki -> rpki.scalars("caches").forEach(this::literal));
        });
    }

    private void literal(Scalar address) {
        HostPort.fault(address.text()).ifPresent(fault -> problems.accept(address.at(), fault));
    }

    /** Nobody listens where somebody else does. */
    private void once() {
        Once addresses = new Once("address", "already used", problems);
        file.fields("nodes").values().forEach(node -> {
            for (String key : List.of("raft", "heartbeat")) {
                node.value().scalar(key).ifPresent(addresses::see);
            }
            // Every machine has its own loopback, which is why the API's may be the same everywhere.
            node.value().scalar("agent-check")
                    .filter(a -> endpoint(a).filter(HostPort::ofEveryMachine).isEmpty())
                    .ifPresent(addresses::see);
            node.value().fields("paths").forEach((name, path) -> {
                if (name.equals(ClusterConfig.Node.DIRECT)) {
                    problems.accept(path.key(), "the path '" + name + "' is the one to 'heartbeat'"
                            + " (expected another name)");
                }
                node.value().get("paths").flatMap(p -> p.scalar(name))
                        .ifPresent(addresses::see);
            });
        });
    }
}
