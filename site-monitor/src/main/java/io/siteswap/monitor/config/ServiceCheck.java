package io.siteswap.monitor.config;

import io.siteswap.monitor.config.Located.Field;
import io.siteswap.monitor.config.Located.Place;
import io.siteswap.monitor.config.Located.Scalar;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Cross checks of one service. */
final class ServiceCheck {

    private static final Duration DEMOTE_BOUND = Duration.ofMillis(600);
    private static final List<String> ANY_LOSS = List.of("fence", "stop", "demote", "freeze");

    private final Located file;
    private final Located service;
    private final Collection<String> sites;
    private final List<String> datacenters;
    private final BiConsumer<Place, String> problems;
    private final List<String> own;
    /** All its sites are right; else what is said about them below would only be noise. */
    private final boolean ownKnown;

    ServiceCheck(Located file, Located service, Collection<String> sites,
            List<String> datacenters, BiConsumer<Place, String> problems) {
        this.file = file;
        this.service = service;
        this.sites = sites;
        this.datacenters = datacenters;
        this.problems = problems;
        this.own = service.scalars("sites").stream().map(Scalar::text)
                .filter(datacenters::contains).toList();
        this.ownKnown = own.size() == service.scalars("sites").size();
    }

    void check() {
        service.scalars("sites").forEach(this::site);
        Once names = there("resource");
        service.items("resources").forEach(resource -> resource(resource, names));
        service.fields("apps").forEach((site, apps) -> {
            member(site, apps.key(), "apps");
            apps(apps.value());
        });
        service.fields("outside").forEach((site, door) -> {
            member(site, door.key(), "outside");
            service.get("outside").flatMap(o -> o.scalar(site)).ifPresent(this::address);
        });
        service.get("client").ifPresent(this::client);
    }

    /** A slow answer must be able to come before the end of the wait for one. */
    private void client(Located client) {
        client.scalar("probe").ifPresent(this::address);
        Duration slow = time(client, "slow", Duration.ofSeconds(1));
        Duration timeout = time(client, "timeout", Duration.ofSeconds(5));
        if (slow.compareTo(timeout) >= 0) {
            problems.accept(client.scalar("slow").or(() -> client.scalar("timeout"))
                    .map(Scalar::at).orElse(client.at()),
                    "slow must be less than timeout, but " + Durations.show(slow) + " >= "
                            + Durations.show(timeout));
        }
    }

    private static Duration time(Located block, String key, Duration preset) {
        return block.text(key).flatMap(Durations::parse).orElse(preset);
    }

    private void site(Scalar site) {
        String name = site.text();
        if (!sites.contains(name)) {
            problems.accept(site.at(), "site '" + name + "' is not under 'sites' ("
                    + NearestWord.hint(name, datacenters) + ")");
        } else if (!datacenters.contains(name)) {
            problems.accept(site.at(), "site '" + name + "' is an arbiter and runs no service ("
                    + NearestWord.hint(name, datacenters) + ")");
        } else {
            staffed(site);
        }
    }

    private void staffed(Scalar site) {
        List<Located> nodes = file.fields("nodes").values().stream().map(Field::value)
                .filter(n -> n.text("site").filter(site.text()::equals).isPresent()).toList();
        if (nodes.isEmpty()) {
            problems.accept(site.at(), "site '" + site.text() + "' has no node"
                    + " (expected one under 'nodes' with 'site: " + site.text() + "')");
        } else if (nodes.stream().noneMatch(n -> n.get("speaker").isPresent())) {
            problems.accept(site.at(), "site '" + site.text() + "' has no node with a 'speaker',"
                    + " so that nobody announces the service's prefixes there");
        }
    }

    private void member(String site, Place at, String block) {
        if (ownKnown && !own.contains(site)) {
            problems.accept(at, "'" + site + "' under '" + block + "' is not a site of the service"
                    + " (" + NearestWord.hint(site, own) + ")");
        }
    }

    private void resource(Located resource, Once names) {
        resource.scalar("name").ifPresent(names::see);
        resource.scalar("name").filter(n -> n.text().equals("announcement"))
                .ifPresent(n -> problems.accept(n.at(),
                        "the name 'announcement' stands for the speaker (expected another)"));
        Map<String, Field> at = resource.fields("at");
        String name = resource.text("name").orElse("?");
        at.forEach((site, settings) -> {
            member(site, settings.key(), "at");
            settings.value().scalar("source").ifPresent(this::endpoint);
            settings.value().scalar("socket").ifPresent(this::socket);
            Passwords.once(settings, "password", problems);
            if (resource.text("kind").filter("mariadb"::equals).isPresent()) {
                Passwords.once(settings, "replication-password", problems);
            }
        });
        Optional<Field> block = resource.field("at");
        for (String site : own) {
            if (!at.containsKey(site) && block.isPresent()) {
                problems.accept(block.get().key(), "resource '" + name
                        + "' does not say what it is at site '" + site + "' (expected '" + site
                        + ":' here)");
            }
        }
        if (resource.text("kind").filter(k -> k.equals("postgresql") || k.equals("mariadb"))
                .isPresent()) {
            at.values().forEach(s -> Passwords.required(s, "password", problems));
        }
        if (resource.text("kind").filter("mariadb"::equals).isPresent()) {
            at.values().forEach(s -> Passwords.required(s, "replication-password", problems));
        }
        resource.scalar("on-loss").ifPresent(policy -> onLoss(resource, policy));
    }

    private void endpoint(Scalar address) {
        HostPort.fault(address.text()).ifPresent(fault -> problems.accept(address.at(), fault));
    }

    private void socket(Scalar socket) {
        boolean path = socket.text().contains("/");
        if (!path && !HostPort.FORM.matcher(socket.text()).matches()) {
            problems.accept(socket.at(), "'" + socket.text() + "' is neither a path nor an address"
                    + " (expected one such as /run/haproxy/siteswap.sock or 127.0.0.1:9999)");
        } else if (!path) {
            endpoint(socket);
        }
    }

    /** What is left of four fifths of the bound after a hard fence is for the demotion. */
    private void demote(Scalar policy) {
        Duration bound = TimingRules.bind(file).fenceBound();
        if (bound.compareTo(DEMOTE_BOUND) < 0) {
            problems.accept(policy.at(), "'on-loss: demote' needs a fence-bound of at least "
                    + Durations.show(DEMOTE_BOUND) + ", so that a fence is over in time when the"
                    + " demotion hangs, but it is " + Durations.show(bound));
        }
    }

    /** A database that is left writable without a lease would be one of two. */
    private void onLoss(Located resource, Scalar policy) {
        String kind = resource.text("kind").orElse("");
        List<String> possible = switch (kind) {
            case "postgresql", "mariadb" -> List.of("fence", "demote");
            case "exec" -> List.of("fence", "stop", "freeze");
            case "haproxy" -> List.of("fence", "freeze");
            default -> List.of(policy.text());
        };
        if (policy.text().equals("demote") && possible.contains("demote")) {
            demote(policy);
        }
        if (ANY_LOSS.contains(policy.text()) && !possible.contains(policy.text())) {
            problems.accept(policy.at(),
                    "'on-loss: " + policy.text() + "' is nothing for a resource"
                            + " of kind '" + kind + "' (expected one of "
                            + String.join(", ", possible)
                            + ")");
        }
    }

    private void apps(Located list) {
        if (list instanceof Located.Items items) {
            Once names = there("application server");
            items.items().forEach(app -> {
                app.scalar("name").ifPresent(names::see);
                app.scalar("probe").ifPresent(this::address);
            });
        }
    }

    private void address(Scalar probe) {
        try {
            if (new URI(probe.text()).getHost() == null) {
                problems.accept(probe.at(), "'" + probe.text() + "' names no usable host"
                        + " (expected letters, digits, '-' and '.')");
            }
        } catch (URISyntaxException e) {
            problems.accept(probe.at(), "'" + probe.text() + "' is not an address: "
                    + e.getReason() + " at character " + (e.getIndex() + 1));
        }
    }

    private Once there(String what) {
        return new Once(what, "already there", problems);
    }
}
