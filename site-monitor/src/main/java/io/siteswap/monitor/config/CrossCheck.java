package io.siteswap.monitor.config;

import io.siteswap.monitor.config.Located.Field;
import io.siteswap.monitor.config.Located.Place;
import io.siteswap.monitor.config.Located.Scalar;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What a schema cannot say: names that must exist elsewhere in the file, counts, arithmetic. */
final class CrossCheck {

    /** BGP's hold time is 16 bits of seconds and not 1 or 2 (RFC 4271 section 4.2). */
    private static final Duration MAX_HOLD = Duration.ofSeconds(65_535);

    /** Begins each warning about what lacks a quorum. */
    static final String UNSAFE = "UNSAFE: ";

    private final Located file;
    private final BiConsumer<Place, String> problems;
    private final BiConsumer<Place, String> warnings;
    private static final Duration FENCE_LEAST = Duration.ofSeconds(1);
    private static final Duration FENCE_MOST = Duration.ofMinutes(10);

    private final Collection<String> sites;
    private final List<String> datacenters;
    private boolean foundUnsafe;

    CrossCheck(Located file, BiConsumer<Place, String> problems,
            BiConsumer<Place, String> warnings) {
        this.file = file;
        this.problems = problems;
        this.warnings = warnings;
        this.sites = file.fields("sites").keySet();
        this.datacenters = sites.stream().filter(s -> !arbiter(file, s)).toList();
    }

    private static boolean arbiter(Located file, String site) {
        return file.get("sites").flatMap(s -> s.get(site)).flatMap(s -> s.text("role"))
                .filter("arbiter"::equals).isPresent();
    }

    void check() {
        new TimingRules(file, problems).check();
        ladder();
        log();
        boolean clustered = !file.fields("services").isEmpty();
        file.fields("nodes").forEach((name, node) -> node(name, node, clustered));
        file.fields("sites").forEach((name, site) -> fence(name, site.value()));
        new AddressCheck(file, sites.stream().filter(s -> arbiter(file, s)).toList(), problems)
                .check();
        if (clustered) {
            voters();
        }
        needless();
        Once prefixes = used("prefix");
        file.fields("services").forEach((name, service) -> {
            new ServiceCheck(file, service.value(), sites, datacenters, problems).check();
            prefixes(service.value(), prefixes);
        });
    }

    private void fence(String name, Located site) {
        site.field("fence").filter(_ -> arbiter(file, name)).ifPresent(it -> problems.accept(
                it.key(), "site '" + name + "' is an arbiter and runs no service, so that nobody"
                        + " needs to fence it (expected 'fence' at a datacenter)"));
        Once names = used("fence device");
        site.get("fence").ifPresent(fence -> fence.items("devices").forEach(device -> {
            device.scalar("name").ifPresent(names::see);
            device.scalar("timeout").ifPresent(this::fenceTimeout);
        }));
    }

    private void fenceTimeout(Scalar timeout) {
        Durations.parse(timeout.text())
                .filter(it -> it.compareTo(FENCE_LEAST) < 0 || it.compareTo(FENCE_MOST) > 0)
                .ifPresent(it -> problems.accept(timeout.at(), "timeout must be from "
                        + Durations.show(FENCE_LEAST) + " to " + Durations.show(FENCE_MOST)
                        + ", but is " + Durations.show(it)));
    }

    private void ladder() {
        Map<String, ClusterConfig.Rung> ladder = Binder.ladder(file);
        String better = "best";
        for (String rung : List.of("normal", "backup", "drain")) {
            ClusterConfig.Rung upper = ladder.get(better);
            ClusterConfig.Rung lower = ladder.get(rung);
            if (upper != null && lower != null && !lower.withdrawn()
                    && lower.prepends() < upper.prepends()) {
                problems.accept(place("ladder", rung), "rung '" + rung
                        + "' must not prepend less than '" + better + "', but "
                        + lower.prepends() + " < " + upper.prepends());
            }
            better = rung;
        }
    }

    private Place place(String block, String key) {
        return file.get(block).flatMap(b -> b.field(key)).map(Field::key)
                .or(() -> file.field(block).map(Field::key)).orElse(file.at());
    }

    private void node(String name, Field node, boolean clustered) {
        Located value = node.value();
        value.scalar("site").ifPresent(site -> {
            if (!sites.contains(site.text())) {
                problems.accept(site.at(), "site '" + site.text() + "' of node '" + name
                        + "' is not under 'sites' (" + NearestWord.hint(site.text(), sites)
                        + ")");
            }
        });
        if (clustered) {
            List<String> needed = shared()
                    ? List.of("heartbeat", "api")
                    : List.of("raft", "heartbeat", "api");
            for (String key : needed) {
                if (value.field(key).isEmpty()) {
                    problems.accept(node.key(), "key '" + key + "' is missing in node '" + name
                            + "' (every node of a file with services is a monitor)");
                }
            }
        }
        value.get("watchdog").ifPresent(_ -> new TimingRules(file, problems).watchdog(value));
        value.get("speaker").ifPresent(this::speaker);
    }

    /** A shared database has the log. */
    private boolean shared() {
        return file.get("log").flatMap(log -> log.field("sql")).isPresent();
    }

    private void log() {
        if (shared()) {
            file.field("tls").ifPresent(tls -> problems.accept(tls.key(), "'tls' has no use beside"
                    + " 'log: sql' (the address of the database says how to reach it)"));
        }
        file.get("log").flatMap(log -> log.field("sql")).ifPresent(sql -> {
            Passwords.once(sql, "password", problems);
            Passwords.required(sql, "password", problems);
            file.fields("nodes").values().forEach(node -> List.of("raft", "raft-listen")
                    .forEach(key -> node.value().field(key).ifPresent(field -> problems.accept(
                            field.key(), "'" + key + "' has no use beside 'log: sql' (expected no"
                                    + " such key where a shared database has the log)"))));
        });
    }

    private void speaker(Located speaker) {
        hold(speaker);
        Once names = used("neighbor");
        for (Located neighbor : speaker.items("neighbors")) {
            neighbor.scalar("name").ifPresent(names::see);
            neighbor(neighbor);
        }
        for (Located range : speaker.items("neighbor-ranges")) {
            range.scalar("name").ifPresent(names::see);
            neighbor(range);
            // The kernel and BFD want to know an address beforehand: better said than ignored.
            for (String key : List.of("password", "password-file", "bfd")) {
                range.field(key).ifPresent(f -> problems.accept(f.key(), "'" + key
                        + "' is not possible for a range (expected it at a neighbor that is"
                        + " configured by its address)"));
            }
        }
    }

    private void neighbor(Located neighbor) {
        hold(neighbor);
        exclusive(neighbor, "ttl-security", "multihop");
        exclusive(neighbor, "password", "password-file");
        exclusive(neighbor, "accept", "accept-list");
    }

    private void exclusive(Located block, String one, String other) {
        block.field(one).ifPresent(_ -> block.field(other).ifPresent(second -> problems.accept(
                second.key(), "'" + other + "' cannot stand beside '" + one
                        + "' (expected one of them)")));
    }

    private void hold(Located block) {
        block.scalar("hold").ifPresent(hold -> Durations.parse(hold.text()).ifPresent(time -> {
            boolean whole = time.toMillis() % 1000 == 0;
            boolean allowed = time.isZero() || (time.toSeconds() >= 3
                    && time.compareTo(MAX_HOLD) <= 0);
            if (!whole || !allowed) {
                problems.accept(hold.at(), "hold '" + hold.text() + "' cannot be sent in BGP"
                        + " (expected 0s or whole seconds from 3s to 65535s)");
            }
        }));
    }

    private Once used(String what) {
        return new Once(what, "already used", problems);
    }

    private void voters() {
        Map<String, Field> nodes = file.fields("nodes");
        Place at = place("nodes", "");
        switch (nodes.size()) {
            case 1 -> unsafe(at, "a single node decides alone: no majority confirms what it does,"
                    + " and nothing is taken over when it is lost", "3 or 5 nodes");
            case 2 -> unsafe(at, "2 nodes cannot form a good quorum: the loss of either stops"
                    + " both, so that nothing is ever taken over", "3 or 5");
            case 4 -> unsafe(at, "4 nodes cannot form a good quorum: they survive the loss of no"
                    + " more nodes than 3 would, and have more to lose", "3 or 5");
            case 3, 5 -> majorities(nodes, at);
            default -> problems.accept(at, nodes.size() + " nodes cannot form a good quorum"
                    + " (expected 3 or 5)");
        }
    }

    /** What lacks a quorum is refused, unless the file says that it is meant. */
    private void unsafe(Place at, String what, String expected) {
        if (unsafeMeant()) {
            foundUnsafe = true;
            warnings.accept(at, UNSAFE + what);
        } else {
            problems.accept(at, what + " (expected " + expected
                    + ", or 'unsafe: true' for a test bench)");
        }
    }

    private boolean unsafeMeant() {
        return file.text("unsafe").filter("true"::equals).isPresent();
    }

    /** A permission left over would let the next mistake through in silence. */
    private void needless() {
        if (unsafeMeant() && !foundUnsafe) {
            problems.accept(place("unsafe", ""), "'unsafe' permits what this file does not do"
                    + " (expected no 'unsafe' where there is a quorum)");
        }
    }

    /** A site with most of the voters would take the quorum with it when it is lost. */
    private void majorities(Map<String, Field> nodes, Place at) {
        Map<String, Integer> votes = new HashMap<>();
        nodes.values().forEach(node -> node.value().text("site")
                .ifPresent(site -> votes.merge(site, 1, Integer::sum)));
        votes.forEach((site, count) -> {
            if (count * 2 > nodes.size()) {
                unsafe(at, "site '" + site + "' has " + count + " of " + nodes.size()
                        + " nodes: when it is lost nobody can take over",
                        "at most " + nodes.size() / 2 + " at one site");
            }
        });
    }

    private void prefixes(Located service, Once seen) {
        for (Scalar prefix : service.scalars("prefixes")) {
            Prefix.fault(prefix.text()).ifPresent(f -> problems.accept(prefix.at(), f));
            seen.see(prefix);
        }
    }
}
