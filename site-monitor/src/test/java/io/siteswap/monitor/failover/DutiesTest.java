package io.siteswap.monitor.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Command.Grant.Basis;
import io.siteswap.monitor.quorum.Quorum;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Decision.Kind;
import io.siteswap.policy.plan.Resource;
import io.siteswap.policy.plan.Step;
import io.siteswap.policy.plan.Step.Verb;
import io.siteswap.policy.plan.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which steps a site starts, in the cases that simulation has found. */
class DutiesTest {

    private static final long SECOND = Dc1.SECOND;
    private static final Cluster.Service SHOP = new Cluster.Service("shop",
            List.of("dc1", "dc2"), List.of(new Resource("db", Resource.Type.PROMOTABLE),
                    new Resource("app", Resource.Type.STARTABLE)));
    private static final Setup DC1 = Dc1.setup(SHOP);

    private static Step step(String resource, Verb verb, String... after) {
        return new Step("dc1." + resource + "." + verb, "dc1", resource, verb, "",
                List.of(after), true);
    }

    /** dc1 was granted the service and shall give it up again. */
    private static View leaving() {
        ClusterState state = Quorum.initial(List.of("shop"));
        state = apply(state, Kind.FAILOVER, "", "dc1", 0, step("db", Verb.PROMOTE));
        state = Quorum.apply(state, new Command.Grant("shop", "dc1", 0, Basis.FIRST)).next();
        state = Quorum.apply(state,
                new Command.StepOver("shop", 0, "dc1.db.PROMOTE", true, "")).next();
        state = apply(state, Kind.FAILOVER, "dc1", "dc2", 1, step("app", Verb.STOP),
                step("db", Verb.DEMOTE));
        return Dc1.view(DC1, state, SECOND);
    }

    private static ClusterState apply(ClusterState state, Kind kind, String from, String to,
            long epoch, Step... steps) {
        List<Step> all = new ArrayList<>(List.of(steps));
        all.add(new Step("grant", "", "", Verb.GRANT, "", List.of(), false));
        return Quorum.apply(state, new Command.Decide(
                new Decision("shop", kind, from, to, List.of("x")), epoch,
                new Transition("shop", kind, from, to, all), false)).next();
    }

    private static List<String> ready(View view, Map<String, Work> works) {
        Agent agent = new Agent(new Standing.Active(1, 2 * SECOND), works, Optional.empty());
        return Duties.ready(view, Sight.nothing(SECOND), agent).stream().map(Step::id).toList();
    }

    /** Whoever works there may have started it on purpose. */
    @Test
    void aStandbyIsNotPutInOrderWhileSomebodyWorksOnIt() {
        ClusterState free = Quorum.initial(List.of("shop"));
        assertEquals(List.of("tidy.dc1.app"), chores(free));
        assertEquals(List.of(), chores(worked(free, "dc1")));
        assertEquals(List.of(), chores(worked(free, ServiceState.EVERYWHERE)));
        assertEquals(List.of("tidy.dc1.app"), chores(worked(free, "dc2")));
    }

    private static ClusterState worked(ClusterState state, String site) {
        return Quorum.apply(state, new Command.Maintain("shop", site, "disks", "ann", 1)).next();
    }

    private static List<String> chores(ClusterState state) {
        Agent idle = new Agent(new Standing.Idle(1, 0), Map.of(), Optional.empty());
        return Duties.chores(Dc1.view(DC1, state, SECOND), Sight.nothing(SECOND), idle).stream()
                .map(Step::id).toList();
    }

    /** Seed 167273: the promotion ended after the demotion, and the site wrote without a lease. */
    @Test
    void aDemotionWaitsForThePromotionThatIsUnderWay() {
        View view = leaving();
        Work promotion = Work.begun(step("db", Verb.PROMOTE), 0, 1, 0);
        assertEquals(List.of("dc1.app.STOP"),
                ready(view, Map.of("dc1.db.PROMOTE", promotion)));
        assertEquals(List.of("dc1.app.STOP", "dc1.db.DEMOTE"),
                ready(view, Map.of("dc1.db.PROMOTE", promotion.failed(0))));
        assertEquals(List.of("dc1.app.STOP", "dc1.db.DEMOTE"), ready(view, Map.of()));
    }
}
