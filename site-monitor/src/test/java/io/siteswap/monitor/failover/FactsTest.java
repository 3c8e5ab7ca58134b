package io.siteswap.monitor.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Quorum;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators have written down, as policy reads it. */
class FactsTest {

    private static final Setup DC1 = Dc1.setup(new Cluster.Service("shop", List.of("dc1", "dc2"),
            List.of(new Resource("db", Resource.Type.PROMOTABLE))));

    private static List<Fact> facts(Command... commands) {
        ClusterState state = Quorum.initial(List.of("shop"));
        for (Command command : commands) {
            state = Quorum.apply(state, command).next();
        }
        return Facts.of(DC1.cluster(), state, List.of()).stream()
                .filter(it -> !(it instanceof Fact.Site || it instanceof Fact.Candidate)).toList();
    }

    @Test
    void labelsMaintenanceAndOverridesAreFacts() {
        assertEquals(List.of(), facts());
        assertEquals(
                List.of(new Fact.Label("dc1", "power", "two feeds"),
                        new Fact.Label("dc2", "rack", "7"),
                        new Fact.Maintenance("shop", "", "disks"),
                        new Fact.Maintenance("shop", "dc2", "a switch"),
                        new Fact.MoveRequest("shop", "dc2", "ann", true),
                        new Fact.Waiver("shop", "one", "ann"),
                        new Fact.Waiver("shop", "two", "ann")),
                facts(new Command.Label("dc2", "rack", "7", "ann"),
                        new Command.Label("dc1", "power", "two feeds", "ann"),
                        new Command.Maintain("shop", "dc2", "a switch", "ann", 1),
                        new Command.Maintain("shop", "", "disks", "ann", 1),
                        new Command.Request("shop", Command.Request.Kind.SWITCHOVER, "dc2", "ann",
                                true, List.of("one", "two"))));
    }

    @Test
    void aRebuildIsNoMoveThatRulesJudge() {
        assertEquals(List.of(), facts(new Command.Request("shop", Command.Request.Kind.RESYNC,
                "dc2", "ann", false, List.of("one"))));
    }
}
