package io.siteswap.monitor.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Command.Grant.Basis;
import io.siteswap.monitor.quorum.Quorum;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Decision.Kind;
import io.siteswap.policy.plan.Resource;
import io.siteswap.policy.plan.TransitionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an operator asks for, in the cases in which the simulation's databases lost something by it. */
class RequestTest {

    private static final List<Resource> DATABASE = List
            .of(new Resource("db", Resource.Type.PROMOTABLE));
    private static final Cluster.Service SHOP = new Cluster.Service("shop",
            List.of("dc1", "dc2"), DATABASE);
    private static final Setup DC1 = Dc1.setup(SHOP);

    private static ClusterState apply(ClusterState state, Command command) {
        Quorum.Applied applied = Quorum.apply(state, command);
        assertEquals(new Reply.Done(), applied.reply());
        return applied.next();
    }

    /** dc1 was granted the service, and its database was promoted or not. */
    private static ClusterState granted(boolean promoted) {
        Decision start = new Decision("shop", Kind.FAILOVER, "", "dc1", List.of("First start."));
        ClusterState state = apply(Quorum.initial(List.of("shop")),
                new Command.Decide(start, 0, TransitionPlan.of(start, DATABASE), false));
        state = apply(state, new Command.Grant("shop", "dc1", 0, Basis.FIRST));
        state = apply(state,
                new Command.StepOver("shop", 0, "dc1.announcement.best", true, "ok."));
        return apply(state, new Command.StepOver("shop", 0, "dc1.db.promote", promoted, "It is."));
    }

    private static List<Command> answer(ClusterState all, Command.Request.Kind kind, Pulse pulse,
            long now) {
        ClusterState asked = apply(all,
                new Command.Request("shop", kind, "dc2", "eve", false, List.of()));
        View view = new View(DC1, SHOP, asked, asked.service("shop").orElseThrow(), true, true,
                pulse, new Agenda(now));
        Evaluation evaluation = new Evaluation(List.of(), List.of(), List.of(
                new Decision("shop", Kind.SWITCHOVER, "dc1", "dc2", List.of("eve asks."))));
        List<Command> out = new ArrayList<>();
        Deciding.propose(view, Watch.from(0), evaluation, false, 0, out);
        return out;
    }

    /** dc1 holds the service, and its database has not accepted writes for long. */
    private static List<Command> unserved(ClusterState all) {
        ClusterState seen = apply(all, new Command.Report("dc1",
                List.of(new Fact.Database("shop", "dc1", "db", Health.UP, false))));
        long now = 100 * Dc1.SECOND;
        View view = Dc1.view(DC1, seen, now);
        Watch watch = new Watch(0, Optional.empty(), Optional.of(0L), Optional.empty(), 0,
                Map.of());
        Evaluation stay = new Evaluation(List.of(), List.of(), List.of(
                new Decision("shop", Kind.STAY, "dc1", "dc1", List.of("dc1 keeps it."))));
        List<Command> out = new ArrayList<>();
        Deciding.propose(view, watch, stay, false, 0, out);
        return out;
    }

    /** Whoever works on the service may have stopped its database. */
    @Test
    void aDatabaseThatRefusesWritesIsPromotedAnewSaveInMaintenance() {
        ClusterState held = granted(true);
        Command.Decide anew = (Command.Decide) unserved(held).getFirst();
        assertEquals(Kind.RESTORE, anew.decision().kind());
        assertEquals(List.of(), unserved(apply(held,
                new Command.Maintain("shop", ServiceState.EVERYWHERE, "disks", "ann", 1))));
        assertEquals(1, unserved(apply(held,
                new Command.Maintain("shop", "dc2", "disks", "ann", 1))).size());
    }

    private static Decision rebuild(boolean promoted) {
        List<Command> out = answer(granted(promoted), Command.Request.Kind.RESYNC,
                new Pulse(0, 0), 0);
        return ((Command.Decide) out.getFirst()).decision();
    }

    @Test
    void theStandbyOfAHolderThatServesIsRebuilt() {
        assertEquals(new Decision("shop", Kind.STAY, "dc1", "dc1",
                List.of("eve asks to rebuild dc2.")), rebuild(true));
    }

    /** dc2 wrote last: what dc1 has not received is nowhere else. */
    @Test
    void nothingIsRebuiltFromAHolderThatDidNotGetToTheEnd() {
        Decision refused = rebuild(false);
        assertEquals(Kind.REFUSED, refused.kind());
        assertTrue(refused.reasons().getFirst().endsWith("may lack what only dc2 has;"
                + " ask again when it serves."), refused.reasons().getFirst());
    }

    /** The link was cut meanwhile, and nobody had a leader to say so to. */
    @Test
    void aSwitchoverWaitsForNewReportsAfterALogThatStoodStill() {
        long lease = DC1.lease();
        Pulse again = new Pulse(0, 0).beats(DC1, lease);
        Pulse goesOn = again.beats(DC1, 2 * lease - 1);
        assertEquals(List.of(), answer(granted(true), Command.Request.Kind.SWITCHOVER, goesOn,
                2 * lease - 1));
        List<Command> out = answer(granted(true), Command.Request.Kind.SWITCHOVER, goesOn,
                2 * lease);
        assertEquals(Kind.SWITCHOVER, ((Command.Decide) out.getFirst()).decision().kind());
    }

    /** Nobody renews what nobody holds, or a dead holder: the log is still, and a person must get on. */
    @Test
    void aSwitchoverDoesNotWaitForALogThatIsStillBecauseNobodyRenews() {
        Pulse still = new Pulse(0, 0);
        long now = 10 * DC1.lease();
        assertEquals(1, answer(granted(true), Command.Request.Kind.SWITCHOVER, still, now).size());
    }
}
