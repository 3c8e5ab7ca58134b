package io.siteswap.monitor.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Command.Grant.Basis;
import io.siteswap.monitor.quorum.Quorum;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Decision.Kind;
import io.siteswap.policy.plan.Resource;
import io.siteswap.policy.plan.Transition;
import io.siteswap.policy.plan.TransitionPlan;
import io.siteswap.policy.verdicts.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the ledger is told, cause by cause. dc1 leads and holds the service since long ago. */
class ServingTest {

    private static final long NOW = 100 * Dc1.SECOND;
    private static final long RENEWED = NOW - 7;
    private static final List<Resource> RESOURCES = List.of(
            new Resource("db", Resource.Type.PROMOTABLE),
            new Resource("lb", Resource.Type.ROUTABLE));
    private static final Setup DC1 = Dc1
            .setup(new Cluster.Service("shop", List.of("dc1", "dc2"), RESOURCES));
    private static final Optional<Serving> UP = Optional.of(new Serving(true, "", NOW));
    private static final Watch CALM = watch(Optional.empty(), Optional.empty());

    private ClusterState state = held();

    private static Watch watch(Optional<Long> unserved, Optional<Long> silent) {
        return new Watch(0, Optional.empty(), unserved, silent, 0, Map.of());
    }

    private static ClusterState held() {
        Transition first = new Transition("shop", Kind.FAILOVER, "", "dc1", TransitionPlan
                .of(new Decision("shop", Kind.FAILOVER, "", "dc1", List.of("x")), List.of())
                .steps());
        ClusterState state = Quorum.apply(Quorum.initial(List.of("shop")), new Command.Decide(
                new Decision("shop", Kind.FAILOVER, "", "dc1", List.of("x")), 0, first, false))
                .next();
        state = Quorum.apply(state, new Command.Grant("shop", "dc1", 0, Basis.FIRST)).next();
        return Quorum.apply(state,
                new Command.StepOver("shop", 0, "dc1.announcement.best", true, "")).next();
    }

    private void apply(Command command) {
        state = Quorum.apply(state, command).next();
    }

    private void sees(String site, Fact... facts) {
        apply(new Command.Report(site, List.of(facts)));
    }

    private Optional<Serving> serving() {
        return serving(CALM, Evaluation.NONE);
    }

    private Optional<Serving> serving(Watch watch, Evaluation evaluation) {
        return Serving.of(Dc1.view(DC1, state, NOW), watch, evaluation, RENEWED);
    }

    private static Optional<Serving> down(String cause, long since) {
        return Optional.of(new Serving(false, cause, since));
    }

    private static Fact app(String name, Health health) {
        return new Fact.AppServer("shop", "dc1", name, health);
    }

    private static Fact client(String from, Health health) {
        return new Fact.Client(from, "shop", health, false);
    }

    private static Fact hears(String from, String to, Health health) {
        return new Fact.Heartbeat(from, to, health);
    }

    @Test
    void aHolderOfWhichNothingIsWrongServes() {
        assertEquals(UP, serving());
        sees("dc1", app("one", Health.UP), new Fact.LoadBalancer("shop", "dc1", Health.UP));
        assertEquals(UP, serving());
    }

    @Test
    void aSilentOrLostHolderIsDownSinceItsLastSignOfLife() {
        assertEquals(down("dc1 does not renew its lease.", RENEWED),
                serving(watch(Optional.empty(), Optional.of(NOW - 1)), Evaluation.NONE));
        assertEquals(down("Nobody hears dc1.", RENEWED), serving(CALM, new Evaluation(List.of(),
                List.of(new Verdict.SiteLost("dc1", "Nobody hears dc1.")), List.of())));
    }

    @Test
    void databasesAreDownSinceTheyWereSeenToRefuseWrites() {
        assertEquals(down("The databases of dc1 do not accept writes.", 5),
                serving(watch(Optional.of(5L), Optional.empty()), Evaluation.NONE));
    }

    /** Of the other site's, and of an unknown one, nothing follows. */
    @Test
    void theLastApplicationServerAndTheLoadBalancerCount() {
        sees("dc1", app("one", Health.DOWN), app("two", Health.UNKNOWN),
                new Fact.AppServer("shop", "dc2", "one", Health.DOWN));
        assertEquals(UP, serving());
        sees("dc1", app("one", Health.DOWN), app("two", Health.DOWN));
        assertEquals(down("All application servers of dc1 are DOWN.", NOW), serving());
        sees("dc1", new Fact.LoadBalancer("shop", "dc1", Health.DOWN));
        assertEquals(down("The load balancer of dc1 is DOWN.", NOW), serving());
    }

    @Test
    void clientsCountWhereSomebodyHearsTheSiteThatTries() {
        sees("dc1", client("dc1", Health.DOWN), hears("dc1", "dc2", Health.UP));
        assertEquals(down("No client is served.", NOW), serving());
        sees("dc2", client("dc2", Health.UP));
        assertEquals(UP, serving());
        sees("dc1", client("dc1", Health.DOWN), hears("dc1", "dc2", Health.DOWN));
        assertEquals(down("No client is served.", NOW), serving());
    }

    @Test
    void nothingIsSaidWhileReportsMayBeOlderThanATransition() {
        sees("dc1", app("one", Health.DOWN));
        Watch justEnded = new Watch(NOW, Optional.empty(), Optional.empty(), Optional.empty(), 0,
                Map.of());
        assertEquals(Optional.empty(), serving(justEnded, Evaluation.NONE));
    }

    @Test
    void aPlannedMoveIsAnOutageFromItsFirstStopToItsLastStart() {
        Decision swap = new Decision("shop", Kind.SWITCHOVER, "dc1", "dc2", List.of("ann asks."));
        Transition plan = TransitionPlan.of(swap, RESOURCES);
        apply(new Command.Decide(swap, 1, plan, true));
        assertEquals(Optional.empty(), serving());
        List<String> over = new ArrayList<>();
        step(over, "dc2.announcement.best", "dc2.lb.pause");
        assertEquals(Optional.empty(), serving());
        step(over, "dc1.lb.pause");
        assertEquals(down("SWITCHOVER from dc1 to dc2.", NOW), serving());
        step(over, "dc1.db.demote");
        apply(new Command.Released("shop", "dc1", 1, 1));
        apply(new Command.Grant("shop", "dc2", 1, Basis.RELEASED));
        step(over, "dc2.db.promote");
        assertEquals(down("SWITCHOVER from dc1 to dc2.", NOW), serving());
        step(over, "dc2.lb.start");
        assertEquals(UP, serving());
    }

    private void step(List<String> over, String... ids) {
        for (String id : ids) {
            over.add(id);
            apply(new Command.StepOver("shop", 1, id, true, ""));
        }
    }

    @Test
    void aFailoverIsAnOutageFromItsDecision() {
        Decision move = new Decision("shop", Kind.FAILOVER, "dc1", "dc2", List.of("x"));
        apply(new Command.Decide(move, 1, TransitionPlan.of(move, RESOURCES), false));
        assertEquals(down("FAILOVER from dc1 to dc2.", NOW), serving());
    }

    @Test
    void whoGaveTheServiceUpDoesNotServe() {
        apply(new Command.Released("shop", "dc1", 1, 1));
        assertEquals(down("dc1 gave the service up.", NOW), serving());
    }
}
