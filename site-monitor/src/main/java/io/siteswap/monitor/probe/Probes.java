package io.siteswap.monitor.probe;

import io.siteswap.bgp.app.SpeakerClient;
import io.siteswap.monitor.config.ClusterConfig.Node;
import io.siteswap.monitor.config.ClusterConfig.ResourceConfig;
import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import io.siteswap.monitor.config.ClusterConfig.Rung;
import io.siteswap.monitor.config.ClusterConfig.Service;
import io.siteswap.monitor.config.ClusterConfig.Timing;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a node looks at, from the configuration. Nothing is opened before the first look. */
final class Probes {

    private final ClusterConfig config;
    private final Node self;
    private final Timing timing;
    private final Optional<SpeakerClient> speaker;
    private final List<Paced> probes = new ArrayList<>();

    private Probes(ClusterConfig config, String node) {
        this.config = config;
        this.self = node(config, node);
        this.timing = config.timing();
        this.speaker = self.speaker()
                .map(there -> new SpeakerClient(there.socket(), timing.probeTimeout()));
    }

    static Node node(ClusterConfig config, String name) {
        Node node = config.nodes().get(name);
        if (node == null) {
            throw new IllegalArgumentException("There is no node '" + name
                    + "' in the configuration: choose one of " + config.nodes().keySet() + ".");
        }
        return node;
    }

    /** All probes of a node: heartbeats, front doors of other sites, what its own site runs. */
    static List<Paced> of(ClusterConfig config, String node) {
        Probes all = new Probes(config, node);
        all.heartbeats();
        for (Service service : config.services().values()) {
            all.outside(service);
            all.client(service);
            if (service.sites().contains(all.self.site())) {
                all.inside(service);
            }
        }
        return List.copyOf(all.probes);
    }

    private void fast(Probe probe) {
        probes.add(Paced.fast(probe, timing));
    }

    private void local(Probe probe) {
        probes.add(Paced.local(probe, timing));
    }

    private void heartbeats() {
        for (Node other : config.nodes().values()) {
            if (!other.site().equals(self.site()) && !other.heartbeat().isBlank()) {
                heartbeat(other, Node.DIRECT, other.heartbeat());
                other.paths().forEach((path, address) -> heartbeat(other, path, address));
            }
        }
    }

    private void heartbeat(Node other, String path, String address) {
        fast(new HeartbeatProbe(other.name(), other.site(), path, HostPort.parse(address)));
    }

    private void client(Service service) {
        service.client().ifPresent(client -> probes.add(new Paced(
                new ClientProbe(service.name(), new AddressProbe.HttpProbe(client.probe(),
                        client.expect(), client.timeout()), client.slow()),
                client.every(), client.timeout())));
    }

    private void outside(Service service) {
        service.outside().forEach((site, door) -> {
            if (!site.equals(self.site())) {
                fast(new AddressProbes.Outside(service.name(), site,
                        AddressProbe.of(door, "", timing.heartbeatTimeout())));
            }
        });
    }

    private void inside(Service service) {
        service.apps().getOrDefault(self.site(), List.of())
                .forEach(app -> local(new AddressProbes.AppServer(service.name(), app.name(),
                        AddressProbe.of(app.probe(), app.expect(), timing.probeTimeout()))));
        for (ResourceConfig resource : service.resources()) {
            Optional.ofNullable(resource.at().get(self.site()))
                    .flatMap(settings -> probe(service, resource, settings))
                    .ifPresent(this::local);
        }
        speaker.ifPresent(client -> local(new SpeakerProbe(service.name(),
                service.prefixes(), silentRungs(config.ladder()), client)));
    }

    private Optional<Probe> probe(Service service, ResourceConfig config,
            ResourceSettings settings) {
        String resource = config.name();
        return switch (settings) {
            case ResourceSettings.Postgresql p ->
                Optional.of(new DatabaseProbe(service.name(), resource,
                        new Sql(p.url(), p.user(), p.password(), timing.probeTimeout()),
                        config.writeProbe()
                                ? DatabaseProbe::writtenPostgresql
                                : DatabaseProbe::postgresql));
            case ResourceSettings.Mariadb m ->
                Optional.of(new DatabaseProbe(service.name(), resource,
                        new Sql(m.url(), m.user(), m.password(), timing.probeTimeout()),
                        config.writeProbe()
                                ? DatabaseProbe::writtenMariadb
                                : DatabaseProbe::mariadb));
            case ResourceSettings.Haproxy h -> Optional.of(new HaproxyProbe(service.name(),
                    h.backend(), new HaproxySocket(h.socket())));
            // What it starts is watched as an application server.
            case ResourceSettings.Exec e -> Optional.empty();
        };
    }

    private static Set<String> silentRungs(Map<String, Rung> ladder) {
        return ladder.entrySet().stream().filter(rung -> rung.getValue().withdrawn())
                .map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
