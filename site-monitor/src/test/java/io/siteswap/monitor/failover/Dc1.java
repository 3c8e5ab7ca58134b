package io.siteswap.monitor.failover;

import io.siteswap.monitor.action.Clusters;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Placement;
import java.time.Duration;
import java.util.List;

/** The monitor of dc1 in a cluster of dc1 and dc2 with one service, without rules. */
final class Dc1 {

    static final long SECOND = 1_000_000_000L;

    private Dc1() {
    }

    static Setup setup(Cluster.Service service) {
        return new Setup("dc1", 7,
                new Cluster(List.of(new Fact.Site("dc1", false), new Fact.Site("dc2", false)),
                        List.of(service), List.of("best", "normal", "backup")),
                Clusters.timing(Duration.ofSeconds(2)), _ -> List.of(), Placement::decide,
                Setup.Planning.STANDARD);
    }

    /** What it sees of its only service while the log lives. */
    static View view(Setup setup, ClusterState all, long now) {
        Cluster.Service service = setup.cluster().services().getFirst();
        return new View(setup, service, all, all.service(service.name()).orElseThrow(), true, true,
                new Pulse(now, now), new Agenda(now));
    }
}
