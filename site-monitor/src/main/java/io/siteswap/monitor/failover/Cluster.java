package io.siteswap.monitor.failover;

import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the failover logic needs to know of the cluster: names and shapes, no addresses.
 *
 * @param ladder rungs of the announcement, the most attractive first
 */
public record Cluster(List<Fact.Site> sites, List<Service> services, List<String> ladder) {

    public Cluster {
        sites = List.copyOf(sites);
        services = List.copyOf(services);
        ladder = List.copyOf(ladder);
    }

    /**
     * @param sites datacenters that may hold it, the preferred one first
     * @param resources in the order of takeover
     * @param guarded sites that something stops when their monitor is dead: a guard at each of
     *        their nodes
     * @param fenceable sites whose power can be taken away
     * @param confirmed those of them that another site may follow only once that is confirmed
     */
    public record Service(String name, List<String> sites, List<Resource> resources,
            Set<String> guarded, Set<String> fenceable, Set<String> confirmed) {
        public Service {
            sites = List.copyOf(sites);
            resources = List.copyOf(resources);
            guarded = Set.copyOf(guarded);
            fenceable = Set.copyOf(fenceable);
            confirmed = Set.copyOf(confirmed);
        }

        /** A service whose sites nothing guards or fences. */
        public Service(String name, List<String> sites, List<Resource> resources) {
            this(name, sites, resources, Set.of());
        }

        /** A service whose sites have no fence devices. */
        public Service(String name, List<String> sites, List<Resource> resources,
                Set<String> guarded) {
            this(name, sites, resources, guarded, Set.of(), Set.of());
        }

        boolean fenceable(String site) {
            return fenceable.contains(site);
        }

        boolean confirmed(String site) {
            return confirmed.contains(site);
        }

        boolean guarded(String site) {
            return guarded.contains(site);
        }

        Stream<Resource> resources(Resource.Type type) {
            return resources.stream().filter(resource -> resource.type() == type);
        }

        /** The site that would take over from {@code site}, empty when there is none. */
        String other(String site) {
            return sites.stream().filter(name -> !name.equals(site)).findFirst().orElse("");
        }
    }

    /** The shape of a configured cluster. */
    public static Cluster of(ClusterConfig config) {
        Set<String> guarded = guarded(config);
        Set<String> fenceable = new HashSet<>();
        Set<String> confirmed = new HashSet<>();
        config.sites().values().forEach(site -> site.fencing().ifPresent(it -> {
            fenceable.add(site.name());
            if (it.required().orElse(!guarded.contains(site.name()))) {
                confirmed.add(site.name());
            }
        }));
        return new Cluster(
                config.sites().values().stream()
                        .map(site -> new Fact.Site(site.name(), site.arbiter())).toList(),
                config.services().values().stream()
                        .map(it -> new Service(it.name(), it.sites(), resources(it), guarded,
                                fenceable, confirmed))
                        .toList(),
                List.copyOf(config.ladder().keySet()));
    }

    private static List<Resource> resources(ClusterConfig.Service service) {
        return service.resources().stream()
                .map(resource -> new Resource(resource.name(), resource.type())).toList();
    }

    /** Any node may be the one whose monitor activates: all of a site's must have a guard. */
    private static Set<String> guarded(ClusterConfig config) {
        return config.nodes().values().stream()
                .collect(Collectors.groupingBy(ClusterConfig.Node::site,
                        Collectors.reducing(true, ClusterConfig.Node::guard, Boolean::logicalAnd)))
                .entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Is {@code next} a less attractive announcement than {@code now}? Unknown words are worst. */
    boolean worsens(String now, String next) {
        return rank(next) > rank(now);
    }

    private int rank(String rung) {
        int index = ladder.indexOf(rung);
        return index < 0 ? ladder.size() : index;
    }
}
