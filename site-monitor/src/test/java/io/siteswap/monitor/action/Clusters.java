package io.siteswap.monitor.action;

import io.siteswap.bgp.app.SpeakerOptions;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ClusterConfig.App;
import io.siteswap.monitor.config.ClusterConfig.ClientCheck;
import io.siteswap.monitor.config.ClusterConfig.Fencing;
import io.siteswap.monitor.config.ClusterConfig.Node;
import io.siteswap.monitor.config.ClusterConfig.ResourceConfig;
import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import io.siteswap.monitor.config.ClusterConfig.Rung;
import io.siteswap.monitor.config.ClusterConfig.Service;
import io.siteswap.monitor.config.ClusterConfig.Site;
import io.siteswap.monitor.config.ClusterConfig.Speaker;
import io.siteswap.monitor.config.ClusterConfig.Timing;
import io.siteswap.policy.plan.Resource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configurations for tests: sites dc1, dc2 and arb with one node each, service shop. */
public final class Clusters {

    private Clusters() {
    }

    /** The defaults of the configuration file, with another step timeout and a fence
     * bound that a busy build machine can keep. */
    public static Timing timing(Duration stepTimeout) {
        return new Timing(Duration.ofMillis(100), Duration.ofMillis(200),
                Duration.ofMillis(200), Duration.ofMillis(400), 2, 3, Duration.ofMillis(800),
                Duration.ofMillis(150), Duration.ofSeconds(1), Duration.ofMillis(50),
                Duration.ofMillis(200), Duration.ofMillis(350), stepTimeout,
                Duration.ofMinutes(10));
    }

    /** A resource that exists at dc1. */
    public static ResourceConfig at1(String name, Resource.Type type, ResourceSettings settings) {
        return new ResourceConfig(name, type, Map.of("dc1", settings));
    }

    /** The cluster; heartbeats are answered at the given ports, the speaker of dc1 is nowhere. */
    public static ClusterConfig cluster(Timing timing, List<ResourceConfig> resources,
            Map<String, Integer> heartbeats, List<App> apps, Map<String, URI> outside) {
        Map<String, Site> sites = new LinkedHashMap<>();
        Map<String, Node> nodes = new LinkedHashMap<>();
        for (String name : List.of("dc1", "dc2", "arb")) {
            sites.put(name, new Site(name, name.equals("arb")));
            String heartbeat = "127.0.0.1:" + heartbeats.getOrDefault(name, 1);
            Optional<Speaker> speaker = name.equals("arb")
                    ? Optional.empty()
                    : Optional.of(new Speaker(Path.of("/nonexistent/" + name + ".sock"), 64500,
                            "198.18.1.1", Optional.empty(), Duration.ofSeconds(3), List.of(),
                            SpeakerOptions.DEFAULTS));
            nodes.put(name, new Node(name, name, "127.0.0.1:2", "127.0.0.1:2", heartbeat, heartbeat,
                    "127.0.0.1:3", speaker));
        }
        Service shop = new Service("shop", List.of("203.0.113.0/24"), List.of("dc1", "dc2"),
                resources, Map.of("dc1", apps), outside);
        return new ClusterConfig("test", Path.of("/nonexistent"), timing, List.of(),
                Map.of("normal", new Rung(2, List.of(), false), "withdrawn",
                        new Rung(0, List.of(), true)),
                sites, nodes, Map.of("shop", shop));
    }

    /** The same cluster with another path to a node. */
    public static ClusterConfig withPath(ClusterConfig config, String node, String path,
            String address) {
        Map<String, Node> nodes = new LinkedHashMap<>(config.nodes());
        nodes.computeIfPresent(node, (_, it) -> new Node(it.name(), it.site(), it.raft(),
                it.raftListen(), it.heartbeat(), it.heartbeatListen(), it.api(), it.speaker(),
                Map.of(path, address), it.guard(), it.watchdog(), it.agentCheck()));
        return new ClusterConfig(config.cluster(), config.dataDir(), config.timing(),
                config.rules(), config.ladder(), config.sites(), nodes, config.services());
    }

    /** The same cluster with fence devices of a site. */
    public static ClusterConfig withFence(ClusterConfig config, String site, Fencing fencing) {
        Map<String, Site> sites = new LinkedHashMap<>(config.sites());
        sites.put(site, new Site(site, false, Optional.of(fencing)));
        return new ClusterConfig(config.cluster(), config.dataDir(), config.timing(),
                config.rules(), config.ladder(), sites, config.nodes(), config.services());
    }

    /** The same cluster with a client of its service shop. */
    public static ClusterConfig withClient(ClusterConfig config, String address) {
        Service shop = config.service("shop");
        Service next = new Service(shop.name(), shop.prefixes(), shop.sites(), shop.resources(),
                shop.apps(), shop.outside(),
                Optional.of(new ClientCheck(URI.create(address), "", Duration.ofSeconds(1),
                        Duration.ofSeconds(5), Duration.ofSeconds(1))));
        return new ClusterConfig(config.cluster(), config.dataDir(), config.timing(),
                config.rules(), config.ladder(), config.sites(), config.nodes(),
                Map.of("shop", next));
    }
}
