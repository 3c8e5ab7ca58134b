package io.siteswap.monitor.config;

import io.siteswap.monitor.config.ClusterConfig.App;
import io.siteswap.monitor.config.ClusterConfig.ClientCheck;
import io.siteswap.monitor.config.ClusterConfig.FenceDevice;
import io.siteswap.monitor.config.ClusterConfig.Fencing;
import io.siteswap.monitor.config.ClusterConfig.LossPolicy;
import io.siteswap.monitor.config.ClusterConfig.Neighbor;
import io.siteswap.monitor.config.ClusterConfig.Node;
import io.siteswap.monitor.config.ClusterConfig.ResourceConfig;
import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import io.siteswap.monitor.config.ClusterConfig.Rung;
import io.siteswap.monitor.config.ClusterConfig.Service;
import io.siteswap.monitor.config.ClusterConfig.SharedDatabase;
import io.siteswap.monitor.config.ClusterConfig.Site;
import io.siteswap.monitor.config.ClusterConfig.Speaker;
import io.siteswap.monitor.config.ClusterConfig.Watchdog;
import io.siteswap.monitor.config.Located.Field;
import io.siteswap.monitor.config.Located.Place;
import io.siteswap.monitor.config.Located.Scalar;
import io.siteswap.policy.plan.Resource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** A checked file to records. Reads password files, the only thing that can still fail. */
final class Binder {

    private static final Duration HOLD = Duration.ofSeconds(90);
    private static final int BGP_PORT = 179;
    private static final Duration CLIENT_SLOW = Duration.ofSeconds(1);
    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLIENT_EVERY = Duration.ofSeconds(1);

    private static final Duration FENCE_TIMEOUT = Duration.ofSeconds(30);

    private final Located file;
    /** Folder of the configuration file: relative paths of rule and password files start here. */
    private final Path folder;
    private final BiConsumer<Place, String> problems;

    Binder(Located file, Path folder, BiConsumer<Place, String> problems) {
        this.file = file;
        this.folder = folder;
        this.problems = problems;
    }

    /** @param unsafe what the check let pass because the file says that it is meant */
    ClusterConfig bind(List<String> unsafe) {
        Path dataDir = Path.of(must(file, "data-dir"));
        return new ClusterConfig(must(file, "cluster"), dataDir, TimingRules.bind(file),
                file.scalars("rules").stream().map(r -> folder.resolve(r.text())).toList(),
                ladder(file), each("sites", (name, site) -> new Site(name,
                        site.text("role").filter("arbiter"::equals).isPresent(),
                        site.get("fence").map(Binder::fencing))),
                each("nodes", (name, node) -> node(name, node, dataDir)),
                each("services", this::service), unsafe,
                file.get("log").flatMap(log -> log.get("sql")).map(this::sharedDatabase),
                file.text("tls").map(folder::resolve));
    }

    private SharedDatabase sharedDatabase(Located sql) {
        return new SharedDatabase(must(sql, "url"), must(sql, "user"),
                password(sql, "password"));
    }

    /** Rungs in the order of the ladder: the file's, and the defaults of those it leaves out. */
    static Map<String, Rung> ladder(Located file) {
        Map<String, Rung> ladder = new LinkedHashMap<>();
        ladder.put("best", new Rung(0, List.of(), false));
        ladder.put("normal", new Rung(2, List.of(), false));
        ladder.put("backup", new Rung(4, List.of(), false));
        ladder.put("drain", new Rung(6, List.of("65535:0"), false));
        ladder.put("withdrawn", new Rung(0, List.of(), true));
        file.fields("ladder").forEach((name, rung) -> ladder.put(name, rung(rung.value())));
        return ladder;
    }

    private static Rung rung(Located rung) {
        return new Rung((int) number(rung, "prepends").orElse(0L).longValue(),
                texts(rung, "communities"), number(rung, "med"),
                rung.text("withdrawn").filter("true"::equals).isPresent(),
                texts(rung, "large-communities"), texts(rung, "extended-communities"),
                texts(rung, "ask"),
                texts(rung, "more-specifics").stream().map(Integer::valueOf).toList());
    }

    private Node node(String name, Located node, Path dataDir) {
        String raft = node.text("raft").orElse("");
        String heartbeat = node.text("heartbeat").orElse("");
        Map<String, String> paths = each(node.fields("paths"),
                (_, address) -> ((Scalar) address).text());
        List<String> listen = node.text("heartbeat-listen").map(List::of)
                .orElseGet(() -> Stream.concat(Stream.of(heartbeat), paths.values().stream())
                        .distinct().toList());
        return new Node(name, must(node, "site"), raft, node.text("raft-listen").orElse(raft),
                heartbeat, listen, node.text("api").orElse(""),
                node.get("speaker").map(s -> speaker(name, s, dataDir.resolve(name))), paths,
                node.text("guard").filter("true"::equals).isPresent(),
                node.get("watchdog").map(Binder::watchdog),
                node.text("agent-check").map(HostPort::parse));
    }

    static Watchdog watchdog(Located block) {
        return new Watchdog(Path.of(block.text("device").orElse("/dev/watchdog")),
                block.text("timeout").flatMap(Durations::parse).orElse(Duration.ofSeconds(1)));
    }

    private Speaker speaker(String node, Located speaker, Path nodeDir) {
        NeighborBinder binder = new NeighborBinder(speaker, this::neighborPassword, problems);
        return new Speaker(speaker.text("socket").map(Path::of).orElse(nodeDir.resolve("bgp.sock")),
                number(speaker, "as").orElseThrow(), must(speaker, "router-id"),
                speaker.text("listen"),
                speaker.text("hold").flatMap(Durations::parse).orElse(HOLD),
                speaker.items("neighbors").stream().map(n -> neighbor(n, binder)).toList(),
                binder.speakerOptions(node, number(speaker, "as").orElseThrow()));
    }

    private static Neighbor neighbor(Located neighbor, NeighborBinder binder) {
        Map<String, String> meanings = new LinkedHashMap<>();
        neighbor.fields("meanings").forEach((name, field) -> meanings.put(name,
                ((Scalar) field.value()).text()));
        return new Neighbor(must(neighbor, "name"), must(neighbor, "address"),
                (int) number(neighbor, "port").orElse((long) BGP_PORT).longValue(),
                number(neighbor, "as").orElseThrow(),
                neighbor.text("passive").filter("true"::equals).isPresent(),
                neighbor.text("local"), neighbor.text("next-hop"), meanings,
                binder.options(neighbor));
    }

    private Optional<String> neighborPassword(Located neighbor) {
        boolean given = neighbor.field("password").isPresent()
                || neighbor.field("password-file").isPresent();
        return given ? Optional.of(password(neighbor, "password")) : Optional.empty();
    }

    private Service service(String name, Located service) {
        return new Service(name, texts(service, "prefixes"), texts(service, "sites"),
                service.items("resources").stream().map(this::resource).toList(),
                each(service.fields("apps"), (_, apps) -> apps(apps)),
                each(service.fields("outside"),
                        (_, door) -> URI.create(((Scalar) door).text())),
                service.get("client").map(Binder::client));
    }

    private static ClientCheck client(Located client) {
        return new ClientCheck(URI.create(must(client, "probe")),
                client.text("expect").orElse(""), time(client, "slow", CLIENT_SLOW),
                time(client, "timeout", CLIENT_TIMEOUT), time(client, "every", CLIENT_EVERY));
    }

    private static Duration time(Located block, String key, Duration preset) {
        return block.text(key).flatMap(Durations::parse).orElse(preset);
    }

    private static Fencing fencing(Located fence) {
        return new Fencing(fence.text("required").map("true"::equals),
                fence.items("devices").stream()
                        .map(it -> new FenceDevice(must(it, "name"), texts(it, "off"),
                                texts(it, "confirm"), time(it, "timeout", FENCE_TIMEOUT)))
                        .toList());
    }

    private static List<App> apps(Located list) {
        return list instanceof Located.Items items
                ? items.items().stream()
                        .map(a -> new App(must(a, "name"), URI.create(must(a, "probe")),
                                a.text("expect").orElse("")))
                        .toList()
                : List.of();
    }

    private ResourceConfig resource(Located resource) {
        String kind = must(resource, "kind");
        Resource.Type type = switch (kind) {
            case "postgresql", "mariadb" -> Resource.Type.PROMOTABLE;
            case "haproxy" -> Resource.Type.ROUTABLE;
            case String _ -> Resource.Type.STARTABLE;
        };
        return new ResourceConfig(must(resource, "name"), type,
                each(resource.fields("at"), (_, settings) -> settings(kind, settings)),
                resource.text("write-probe").filter("true"::equals).isPresent(),
                resource.text("on-loss").map(it -> LossPolicy.valueOf(it.toUpperCase(Locale.ROOT)))
                        .orElse(LossPolicy.FENCE));
    }

    private ResourceSettings settings(String kind, Located at) {
        return switch (kind) {
            case "postgresql" -> new ResourceSettings.Postgresql(must(at, "url"),
                    must(at, "user"), password(at, "password"), texts(at, "start"),
                    texts(at, "stop"), texts(at, "fence"), texts(at, "follow"),
                    texts(at, "resync"));
            case "mariadb" -> new ResourceSettings.Mariadb(must(at, "url"), must(at, "user"),
                    password(at, "password"), must(at, "source"), must(at, "replication-user"),
                    password(at, "replication-password"), texts(at, "start"), texts(at, "fence"),
                    texts(at, "resync"));
            case "haproxy" -> new ResourceSettings.Haproxy(must(at, "socket"),
                    must(at, "frontend"), must(at, "backend"), texts(at, "local"),
                    texts(at, "remote"));
            case String _ -> new ResourceSettings.Exec(texts(at, "start"), texts(at, "stop"),
                    texts(at, "monitor"));
        };
    }

    private String password(Located at, String key) {
        Optional<Scalar> path = at.scalar(key + "-file");
        if (path.isEmpty()) {
            return must(at, key);
        }
        Path source = folder.resolve(path.get().text());
        try {
            return Files.readString(source).strip();
        } catch (IOException e) {
            problems.accept(path.get().at(), "cannot read the password from " + source
                    + " (expected a file that this user may read)");
            return "";
        }
    }

    private <T> Map<String, T> each(String block, BiFunction<String, Located, T> bind) {
        return each(file.fields(block), bind);
    }

    private static <T> Map<String, T> each(Map<String, Field> fields,
            BiFunction<String, Located, T> bind) {
        Map<String, T> bound = new LinkedHashMap<>();
        fields.forEach((name, field) -> bound.put(name, bind.apply(name, field.value())));
        return bound;
    }

    private static List<String> texts(Located block, String key) {
        return block.scalars(key).stream().map(Scalar::text).toList();
    }

    private static Optional<Long> number(Located block, String key) {
        return block.text(key).filter(t -> t.matches("\\+?[0-9]{1,18}")).map(Long::valueOf);
    }

    private static String must(Located block, String key) {
        return block.text(key)
                .orElseThrow(() -> new IllegalStateException("unchecked file: no " + key));
    }
}
