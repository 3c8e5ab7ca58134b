package io.siteswap.monitor.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.action.Clusters;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Command.Grant;
import io.siteswap.monitor.quorum.Quorum;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Placement;
import io.siteswap.policy.plan.Resource;
import io.siteswap.policy.plan.TransitionPlan;
import io.siteswap.policy.verdicts.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Rule 3 (c): a fence device's word instead of the end of a lease. The arbiter leads; dc1 holds the
 * service and has gone silent.
 */
class PowerTest {

    private static final List<Resource> DB = List
            .of(new Resource("db", Resource.Type.PROMOTABLE));
    private static final Set<String> BOTH = Set.of("dc1", "dc2");

    private final List<Effect> effects = new ArrayList<>();
    private Node arbiter = node(BOTH);
    private ClusterState log = Quorum.initial(List.of("shop"));
    private long now;

    /** @param confirmed sites that are only followed once their devices confirm */
    private static Node node(Set<String> confirmed) {
        Cluster cluster = new Cluster(
                List.of(new Fact.Site("dc1", false), new Fact.Site("dc2", false),
                        new Fact.Site("arb", true)),
                List.of(new Cluster.Service("shop", List.of("dc1", "dc2"), DB, Set.of(), BOTH,
                        confirmed)),
                List.of("best", "normal", "backup"));
        Setup setup = new Setup("arb", 7, cluster, Clusters.timing(Duration.ofSeconds(2)),
                PowerTest::rules, Placement::decide, Setup.Planning.STANDARD);
        return Node.start(setup, Quorum.initial(List.of("shop")), 0);
    }

    /** dc1 is lost as soon as dc2 does not hear it, and out of the question when it does not answer. */
    private static List<Verdict> rules(Collection<? extends Fact> facts) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact instanceof Fact.Heartbeat it && it.from().equals("dc2")
                    && it.health() == Health.DOWN) {
                verdicts.add(new Verdict.SiteLost("dc1", "dc2 does not hear dc1."));
                verdicts.add(new Verdict.Score("shop", "dc1", Verdict.Score.MINUS_INFINITY, "x"));
            }
            if (fact instanceof Fact.Database it && it.site().equals("dc1")
                    && it.health() == Health.DOWN) {
                verdicts.add(new Verdict.Score("shop", "dc1", Verdict.Score.MINUS_INFINITY, "x"));
            }
        }
        return verdicts;
    }

    private static Fact hears(Health health) {
        return new Fact.Heartbeat("dc2", "dc1", health);
    }

    private void step(Event event) {
        Node.Stepped stepped = arbiter.step(event);
        arbiter = stepped.next();
        effects.addAll(stepped.effects());
    }

    /** An entry of anybody gets into the log. */
    private void commit(Command command) {
        Quorum.Applied applied = Quorum.apply(log, command);
        log = applied.next();
        step(new Event.Applied(now, command, applied.reply(), log));
    }

    /** Time goes on, and the log accepts at once whatever the leader proposes. */
    private void pass(long millis) {
        now += millis * 1_000_000;
        step(new Event.Tick(now));
        carryOut();
    }

    private void carryOut() {
        for (int i = 0; i < effects.size(); i++) {
            if (effects.get(i) instanceof Effect.Propose(Command command)) {
                effects.set(i, new Effect.Note(Effect.Note.Kind.LEADER, "", "committed"));
                commit(command);
            }
        }
    }

    private void dc1HoldsAndTheArbiterLeads() {
        commit(new Command.Join("arb", 7, 0, Command.Join.NOBODY, true));
        Decision first = new Decision("shop", Decision.Kind.FAILOVER, "", "dc1", List.of("x"));
        commit(new Command.Decide(first, 0, TransitionPlan.of(first, DB), false));
        commit(new Command.Grant("shop", "dc1", 0, Grant.Basis.FIRST));
        for (String step : List.of("dc1.announcement.best", "dc1.db.promote")) {
            commit(new Command.StepOver("shop", 0, step, true, ""));
        }
        commit(new Command.Report("dc2", List.of(hears(Health.UP))));
        commit(new Command.Report("dc1",
                List.of(new Fact.Database("shop", "dc1", "db", Health.UP, true))));
        step(new Event.Leadership(now, true));
        carryOut();
        effects.clear();
        assertTrue(log.service("shop").orElseThrow().running().isEmpty());
    }

    private void dc1IsLost() {
        commit(new Command.Report("dc2", List.of(hears(Health.DOWN))));
        carryOut();
    }

    private List<Effect.PowerOff> poweredOff() {
        return effects.stream().filter(Effect.PowerOff.class::isInstance)
                .map(Effect.PowerOff.class::cast).toList();
    }

    private String holder() {
        return log.service("shop").orElseThrow().ticket().holder();
    }

    private void devicesSay(boolean ok) {
        step(new Event.PoweredOff(now, "shop", "dc1", 1, ok, "pdu"));
        carryOut();
    }

    @Test
    void aLostSiteIsPoweredOffAtOnceAndFollowedWhenThatIsConfirmed() {
        dc1HoldsAndTheArbiterLeads();
        dc1IsLost();
        assertEquals(List.of(new Effect.PowerOff("shop", "dc1", 1)), poweredOff());
        for (int i = 0; i < 100; i++) {
            pass(100);
        }
        assertEquals("dc1", holder(), "no lease that has run out counts here");
        assertEquals(1, poweredOff().size());
        devicesSay(true);
        assertEquals("dc2", holder());
    }

    @Test
    void theFirstOfDeviceAndLeaseCountsWhereTheSiteIsGuarded() {
        arbiter = node(Set.of());
        dc1HoldsAndTheArbiterLeads();
        dc1IsLost();
        assertEquals(1, poweredOff().size());
        assertEquals("dc1", holder());
        devicesSay(true);
        assertEquals("dc2", holder());

        PowerTest slow = new PowerTest();
        slow.arbiter = node(Set.of());
        slow.dc1HoldsAndTheArbiterLeads();
        slow.dc1IsLost();
        for (int i = 0; i < 20; i++) {
            slow.pass(100);
        }
        assertEquals("dc2", slow.holder());
        slow.devicesSay(true);
        assertEquals("dc2", slow.holder());
    }

    @Test
    void devicesThatFailAreAskedAgainUntilAnOperatorHasLooked() {
        dc1HoldsAndTheArbiterLeads();
        dc1IsLost();
        devicesSay(false);
        assertEquals(1, poweredOff().size(), "not at once");
        pass(500);
        assertEquals(2, poweredOff().size());
        devicesSay(false);
        assertEquals("dc1", holder());
        commit(new Command.PoweredOff("shop", "dc1", 1, "ann"));
        carryOut();
        assertEquals("dc2", holder());
    }

    /** A holder that is heard demotes itself; its power would be taken for nothing. */
    @Test
    void aSiteThatIsHeardKeepsItsPowerWhileItMayStillRelease() {
        dc1HoldsAndTheArbiterLeads();
        pass(10_000);
        commit(new Command.Renew("dc1"));
        commit(new Command.Report("dc1",
                List.of(new Fact.Database("shop", "dc1", "db", Health.DOWN, false))));
        carryOut();
        assertTrue(log.service("shop").orElseThrow().running().isPresent());
        assertEquals(List.of(), poweredOff());
        commit(new Command.Released("shop", "dc1", 1, 1));
        carryOut();
        assertEquals("dc2", holder());
        assertEquals(List.of(), poweredOff());
    }

    @Test
    void whoGaveUpMeanwhileIsNoAlarm() {
        dc1HoldsAndTheArbiterLeads();
        dc1IsLost();
        commit(new Command.Released("shop", "dc1", 1, 1));
        carryOut();
        assertEquals("dc2", holder());
        effects.clear();
        devicesSay(false);
        assertEquals(List.of(new Effect.Note(Effect.Note.Kind.FENCE, "shop",
                "Nobody waits any more for dc1 to be powered off: pdu")), effects);
    }

    @Test
    void aNewLeaderAsksTheDevicesAgain() {
        dc1HoldsAndTheArbiterLeads();
        dc1IsLost();
        step(new Event.Leadership(now, false));
        devicesSay(true);
        assertEquals("dc1", holder(), "an answer that came too late");
        step(new Event.Leadership(now, true));
        carryOut();
        assertEquals(2, poweredOff().size());
        devicesSay(true);
        assertEquals("dc2", holder());
    }

    @Test
    void whatHappensIsToldInThePastTense() {
        dc1HoldsAndTheArbiterLeads();
        dc1IsLost();
        devicesSay(true);
        List<String> told = effects.stream().filter(Effect.Note.class::isInstance)
                .map(it -> ((Effect.Note) it).text()).toList();
        assertTrue(told.contains("dc1 is without power, says pdu (epoch 1)."), told.toString());
        assertTrue(told.contains("dc2 holds shop under epoch 2 (FENCED)."), told.toString());
        assertFalse(told.toString().contains("not known"), told.toString());
    }

    /** The ledger's entry names the moment at which the site was heard last. */
    @Test
    void theLedgerIsToldFromTheLastSignOfLife() {
        arbiter = node(Set.of());
        dc1HoldsAndTheArbiterLeads();
        commit(new Command.Served("shop", true, "", 1));
        pass(10_000);
        commit(new Command.Renew("dc1"));
        effects.clear();
        long heard = now;
        pass(300);
        dc1IsLost();
        assertEquals(
                List.of(new Effect.Account("shop", false, "dc2 does not hear dc1.", heard)),
                effects.stream().filter(Effect.Account.class::isInstance).toList());
        assertEquals(Optional.empty(), log.service("shop").orElseThrow().ledger().outage());
    }
}
