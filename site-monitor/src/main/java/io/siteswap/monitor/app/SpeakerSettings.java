package io.siteswap.monitor.app;

import io.siteswap.bgp.app.SpeakerConfig;
import io.siteswap.bgp.speaker.Ladder;
import io.siteswap.bgp.speaker.Rung;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ClusterConfig.Node;
import io.siteswap.monitor.config.ClusterConfig.Service;
import io.siteswap.monitor.config.ClusterConfig.Speaker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A configured node as its speaker needs it. */
final class SpeakerSettings {

    private SpeakerSettings() {
    }

    /** Empty when the node has no speaker. */
    static Optional<SpeakerConfig> of(ClusterConfig config, String name) {
        Node node = config.node(name);
        return node.speaker().map(speaker -> of(config, node, speaker));
    }

    private static SpeakerConfig of(ClusterConfig config, Node node, Speaker speaker) {
        List<SpeakerConfig.Neighbor> neighbors = speaker.neighbors().stream()
                .map(n -> new SpeakerConfig.Neighbor(n.name(), n.address(), n.port(), n.as(),
                        n.passive(), n.local(), n.nextHop(), n.options()))
                .toList();
        return new SpeakerConfig(node.name(), speaker.as(), speaker.routerId(),
                speaker.listen(), speaker.hold(), SpeakerConfig.DEFAULT_CONNECT_RETRY, neighbors,
                ladder(config), originations(config, node.site()),
                config.dataDir().resolve(node.name()).resolve("stances.json"), speaker.socket());
    }

    private static Ladder ladder(ClusterConfig config) {
        Map<String, Rung> rungs = new LinkedHashMap<>();
        config.ladder().forEach((name, rung) -> rungs.put(name,
                Rung.of(rung.prepends(), rung.communities(), rung.med(), rung.withdrawn())));
        return new Ladder(rungs);
    }

    private static List<SpeakerConfig.Origination> originations(ClusterConfig config,
            String site) {
        return config.services().values().stream()
                .filter(service -> service.sites().contains(site))
                .flatMap(service -> originations(service, site)).toList();
    }

    /** Prepends are set in advance at both sites: fewer at the one that is active first. */
    private static Stream<SpeakerConfig.Origination> originations(Service service, String site) {
        String rung = site.equals(service.sites().getFirst()) ? "normal" : "backup";
        return service.prefixes().stream()
                .map(prefix -> new SpeakerConfig.Origination(prefix, service.name(), rung));
    }
}
