package io.siteswap.monitor.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.siteswap.monitor.action.Clusters;
import io.siteswap.monitor.failover.Standing.Active;
import io.siteswap.monitor.failover.Standing.Fencing;
import io.siteswap.monitor.failover.Standing.Idle;
import io.siteswap.monitor.failover.Standing.Unsure;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Ticket;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Placement;
import io.siteswap.policy.plan.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaseKeeperTest {

    private static final long SECOND = 1_000_000_000L;

    /**
     * It was granted its service anew, under epoch 3, before it knew that it had lost epoch 2: its
     * agents have seen 3 and refuse to fence for 2. Found by simulation.
     */
    @Test
    void aFenceThatWasRefusedAsTooOldComesAgainUnderTheNewestEpoch() {
        Standing next = LeaseKeeper.fenced(new Fencing(2, true, 0, "The lease ran out."), dc1(3),
                false);
        assertEquals(3, assertInstanceOf(Fencing.class, next).epoch());
    }

    @Test
    void aFenceThatBrokeKeepsItsEpochWhereThereIsNoNewerOne() {
        Standing next = LeaseKeeper.fenced(new Fencing(2, true, 0, "The lease ran out."), dc1(2),
                false);
        Fencing again = assertInstanceOf(Fencing.class, next);
        assertEquals(2, again.epoch());
        assertEquals(SECOND + Duration.ofMillis(100).toNanos(), again.retryAt());
    }

    /** A device lied, or a person looked at another machine: the grant elsewhere comes at once. */
    @Test
    void whoIsBelievedToHaveNoPowerFencesItself() {
        Standing active = new Active(3, 2 * SECOND);
        assertEquals(active, LeaseKeeper.advance(active, dc1(3, Ticket.Phase.REVOKING), List.of(),
                Set.of()));
        assertInstanceOf(Fencing.class, LeaseKeeper.advance(active,
                dc1(3, Ticket.Phase.FENCED), List.of(), Set.of()));
    }

    /** A monitor that was killed or hung comes back: what the guard fenced is given up for good. */
    @Test
    void whatTheGuardFencedIsGivenUp() {
        assertEquals(new Idle(3, SECOND),
                LeaseKeeper.guarded(new Unsure(0, 9 * SECOND), dc1(3), 3));
        assertEquals(new Idle(3, SECOND),
                LeaseKeeper.guarded(new Active(3, 2 * SECOND), dc1(3), 3));
        Standing newer = new Active(4, 2 * SECOND);
        assertEquals(newer, LeaseKeeper.guarded(newer, dc1(4), 3));
        Standing fencing = new Fencing(2, true, 0, "The lease ran out.");
        assertEquals(fencing, LeaseKeeper.guarded(fencing, dc1(3), 3));
        // And so no late renewal of the same epoch makes it active again.
        Standing idle = LeaseKeeper.guarded(new Unsure(0, 9 * SECOND), dc1(3), 3);
        assertEquals(idle, LeaseKeeper.renewed(idle, dc1(3), SECOND, 3));
    }

    /** The guard may hang from now on: nobody else knows when that lease is over. */
    @Test
    void aLeaseOfTheProcessBeforeEndsWhenItsGuardSaysSo() {
        Standing told = LeaseKeeper.guarding(new Unsure(0, 3 * SECOND), 3, SECOND - 1);
        Standing over = LeaseKeeper.advance(told, dc1(2), List.of(), Set.of());
        // Its replica is behind: agents would refuse to fence for 2.
        assertEquals(3, assertInstanceOf(Fencing.class, over).epoch());
        Standing running = LeaseKeeper.guarding(new Unsure(0, 3 * SECOND), 3, SECOND + 1);
        assertEquals(running, LeaseKeeper.advance(running, dc1(3), List.of(), Set.of()));
        assertEquals(new Unsure(3, 3 * SECOND),
                LeaseKeeper.guarding(new Unsure(0, 3 * SECOND), 3, 4 * SECOND));
        Standing active = new Active(3, 2 * SECOND);
        assertEquals(active, LeaseKeeper.guarding(active, 3, SECOND));
        // Also where the log was lost and the cluster looks like a new one.
        assertInstanceOf(Fencing.class,
                LeaseKeeper.advance(told, dc1(0, Ticket.Phase.VACANT), List.of(), Set.of()));
        Standing beside = new Unsure(0, SECOND - 1);
        assertEquals(beside,
                LeaseKeeper.advance(beside, dc1(0, Ticket.Phase.VACANT), List.of(), Set.of()));
    }

    /** What dc1 sees while it holds the ticket under that epoch. */
    private static View dc1(long epoch) {
        return dc1(epoch, Ticket.Phase.HELD);
    }

    private static View dc1(long epoch, Ticket.Phase phase) {
        Cluster.Service shop = new Cluster.Service("shop", List.of("dc1", "dc2"),
                List.of(new Resource("db", Resource.Type.PROMOTABLE)));
        ServiceState state = ServiceState.of(new Ticket("shop", "dc1", epoch, phase));
        Setup setup = new Setup("dc1", 7,
                new Cluster(List.of(new Fact.Site("dc1", false), new Fact.Site("dc2", false)),
                        List.of(shop), List.of("normal", "backup")),
                Clusters.timing(Duration.ofSeconds(2)), _ -> List.of(), Placement::decide,
                Setup.Planning.STANDARD);
        return new View(setup, shop, new ClusterState(Map.of(), Map.of("shop", state), Map.of(),
                Map.of()), state, true, true, new Pulse(SECOND, SECOND), new Agenda(SECOND));
    }
}
