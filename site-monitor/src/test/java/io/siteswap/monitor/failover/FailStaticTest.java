package io.siteswap.monitor.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Quorum;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import io.siteswap.policy.plan.Resource;
import io.siteswap.policy.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rule 5, and a leader's look at the news, in the cases that simulation has found. */
class FailStaticTest {

    private static final long SECOND = Dc1.SECOND;
    private static final Cluster.Service SHOP = new Cluster.Service("shop",
            List.of("dc1", "dc2"), List.of(new Resource("db", Resource.Type.PROMOTABLE)));
    private static final Setup DC1 = Dc1.setup(SHOP);

    private static Fact dc2IsHeard(Health health) {
        return new Fact.Heartbeat("dc1", "dc2", health);
    }

    private static Fact announces(String site, String rung) {
        return new Fact.Announcement("shop", site, rung, true);
    }

    /** What the log has: dc2's announcement is taken, and dc1 has reported that it hears dc2. */
    private static ClusterState reported() {
        ClusterState state = Quorum.initial(List.of("shop"));
        state = Quorum.apply(state, new Command.Report("dc2",
                List.of(announces("dc2", "backup")))).next();
        return Quorum.apply(state, new Command.Report("dc1",
                List.of(dc2IsHeard(Health.UP), announces("dc1", "best")))).next();
    }

    private static View view(long now) {
        return view(new Pulse(now, now), now);
    }

    private static View view(Pulse pulse, long now) {
        ClusterState all = reported();
        ServiceState state = all.service("shop").orElseThrow();
        return new View(DC1, SHOP, all, state, true, true, pulse, new Agenda(now));
    }

    private static Sight sight(long now, Fact... facts) {
        return Sight.nothing(now).observed(List.of(facts));
    }

    @Test
    void whatAnEarlierProcessOfTheSiteHasReportedDoesNotCount() {
        View view = view(SECOND);
        assertTrue(view.failStatic("dc1", "best", "normal"));
        assertTrue(view.failStatic("dc1", "best", "normal", List.of(dc2IsHeard(Health.UP))));
        assertFalse(view.failStatic("dc1", "best", "normal",
                List.of(dc2IsHeard(Health.UNKNOWN))));
        assertTrue(view.failStatic("dc1", "normal", "best", List.of()));
    }

    /** With five members the log lives on without an arbiter whose last word was that it hears dc2. */
    @Test
    void theLastWordOfAWitnessThatIsNotHeardDoesNotCount() {
        Setup five = new Setup("dc1", 7, new Cluster(
                List.of(new Fact.Site("dc1", false), new Fact.Site("dc2", false),
                        new Fact.Site("arb", true)),
                List.of(SHOP), DC1.cluster().ladder()), DC1.timing(), DC1.rules(), DC1.placing(),
                DC1.planning());
        ClusterState all = Quorum.apply(reported(), new Command.Report("arb",
                List.of(new Fact.Heartbeat("arb", "dc2", Health.UP)))).next();
        View view = new View(five, SHOP, all, all.service("shop").orElseThrow(), true, true,
                new Pulse(SECOND, SECOND), new Agenda(SECOND));
        Fact deaf = dc2IsHeard(Health.DOWN);
        assertTrue(view.failStatic("dc1", "best", "normal",
                List.of(deaf, new Fact.Heartbeat("dc1", "arb", Health.UP))));
        assertFalse(view.failStatic("dc1", "best", "normal",
                List.of(deaf, new Fact.Heartbeat("dc1", "arb", Health.DOWN))));
    }

    /** It hung and is back: it has not looked anew, and the two who have do not hear dc2. */
    @Test
    void aWitnessThatIsOutvotedDoesNotCount() {
        List<Fact.Site> sites = List.of(new Fact.Site("dc1", false), new Fact.Site("dc2", false),
                new Fact.Site("arb", true), new Fact.Site("arb2", true));
        Setup more = new Setup("dc1", 7, new Cluster(sites, List.of(SHOP),
                DC1.cluster().ladder()), DC1.timing(), DC1.rules(), DC1.placing(),
                DC1.planning());
        ClusterState one = Quorum.apply(reported(), new Command.Report("arb",
                List.of(new Fact.Heartbeat("arb", "dc2", Health.UP)))).next();
        ClusterState two = Quorum.apply(one, new Command.Report("arb2",
                List.of(new Fact.Heartbeat("arb2", "dc2", Health.DOWN)))).next();
        List<Fact> own = List.of(dc2IsHeard(Health.DOWN),
                new Fact.Heartbeat("dc1", "arb", Health.UP),
                new Fact.Heartbeat("dc1", "arb2", Health.UP));
        assertTrue(new View(more, SHOP, one, one.service("shop").orElseThrow(), true, true,
                new Pulse(SECOND, SECOND), new Agenda(SECOND))
                .failStatic("dc1", "best", "normal", own));
        assertFalse(new View(more, SHOP, two, two.service("shop").orElseThrow(), true, true,
                new Pulse(SECOND, SECOND), new Agenda(SECOND))
                .failStatic("dc1", "best", "normal", own));
    }

    /** dc2 had died while no entry came: nobody had a leader to say so to. */
    @Test
    void reportsOfALogThatStoodStillDoNotCount() {
        List<Fact> heard = List.of(dc2IsHeard(Health.UP));
        long lease = DC1.lease();
        Pulse lives = new Pulse(0, 0).beats(DC1, lease - 1);
        assertTrue(view(lives, 2 * lease - 2).failStatic("dc1", "best", "normal", heard));
        assertFalse(view(lives, 2 * lease - 1).failStatic("dc1", "best", "normal", heard));
        assertTrue(view(lives, 2 * lease - 1).failStatic("dc1", "normal", "best", heard));
        Pulse again = lives.beats(DC1, 3 * lease);
        assertFalse(view(again, 4 * lease - 1).failStatic("dc1", "best", "normal", heard));
        Pulse goesOn = again.beats(DC1, 4 * lease - 1);
        assertTrue(view(goesOn, 4 * lease).failStatic("dc1", "best", "normal", heard));
    }

    @Test
    void whatWasSeenOfOthersBeforeTheMonitorWasAwayDoesNotCount() {
        Sight back = sight(0, dc2IsHeard(Health.UP)).away(SECOND);
        assertEquals(List.of(), back.ofOthers(view(SECOND - 1)));
        assertEquals(List.of(dc2IsHeard(Health.UP)), back.ofOthers(view(SECOND)));
        assertEquals(List.of(), back.observed(List.of(dc2IsHeard(Health.UP)))
                .ofOthers(view(SECOND - 1)));
    }

    /** A pause as long as a lease is being away; the real probes need their time then. */
    @Test
    void aLongPauseIsBeingAway() {
        Node node = Node.start(DC1, reported(), 0)
                .step(new Event.Observed(1, List.of(dc2IsHeard(Health.UP)))).next();
        Node awake = node.step(new Event.Tick(DC1.lease() / 2)).next();
        assertEquals(0, awake.sight().newsAt());
        long late = DC1.lease() / 2 + DC1.lease();
        assertEquals(late + DC1.settle(), awake.step(new Event.Tick(late)).next().sight().newsAt());
    }

    /** The probes still see `backup`, which the fence had set; a step has announced `best` since. */
    @Test
    void itsOwnStepTellsMoreThanAnOlderProbe() {
        Step best = new Step("dc1.announcement.best", "dc1", "announcement", Step.Verb.STANCE,
                "best", List.of(), true);
        Agent agent = new Agent(new Standing.Idle(1, 0),
                Map.of(best.id(), Work.begun(best, Work.CHORE, 1, 0)),
                Optional.empty());
        Sight old = sight(0, announces("dc1", "backup"));
        assertEquals(Optional.of("backup"), agent.announces(view(SECOND), old));
        Agent done = agent.stepOver(view(SECOND), new Event.StepOver(SECOND, "shop", 1, best.id(),
                true, "ok."), new ArrayList<>());
        assertEquals(Optional.of("best"), done.announces(view(SECOND), old));
        assertEquals(Optional.of("backup"),
                done.announces(view(SECOND + DC1.settle()), old));
        assertEquals(Optional.of("backup"), done.fenced(view(SECOND),
                new Event.Fenced(SECOND, "shop", 1, true, "ok."), new ArrayList<>())
                .announces(view(SECOND), old));
        Agent failed = agent.stepOver(view(SECOND), new Event.StepOver(SECOND, "shop", 1,
                best.id(), false, "It broke."), new ArrayList<>());
        assertEquals(Optional.of("backup"), failed.announces(view(SECOND), old));
    }

    /** News that came while it was behind is looked at when it has caught up. */
    @Test
    void aLeaderKeepsInMindThatItHasNotLookedAtTheNews() {
        View view = view(SECOND);
        Leader leader = Leader.elected(DC1, 0)
                .look(DC1, Quorum.initial(List.of("shop")), List.of(), Map.of(),
                        new ArrayList<>());
        assertFalse(leader.stale());
        Leader behind = leader.changed(Quorum.initial(List.of("shop")), reported(), SECOND);
        assertTrue(behind.stale());
        Leader looked = behind.look(DC1, reported(), List.of(view), Map.of(),
                new ArrayList<>());
        assertTrue(looked.evaluation().facts().contains(announces("dc2", "backup")));
        assertFalse(looked.stale());
    }
}
