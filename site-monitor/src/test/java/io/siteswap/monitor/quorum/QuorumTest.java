package io.siteswap.monitor.quorum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command.Grant.Basis;
import io.siteswap.monitor.quorum.Ticket.Phase;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Decision.Kind;
import io.siteswap.policy.plan.Step;
import io.siteswap.policy.plan.Step.Verb;
import io.siteswap.policy.plan.Transition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuorumTest {

    private static final String SHOP = "shop";

    private ClusterState state = Quorum.initial(List.of(SHOP));

    private Reply apply(Command command) {
        Quorum.Applied applied = Quorum.apply(state, command);
        state = applied.next();
        return applied.reply();
    }

    private void done(Command command) {
        assertEquals(new Reply.Done(), apply(command));
    }

    private void refused(Command command) {
        ClusterState before = state;
        assertInstanceOf(Reply.Refused.class, apply(command));
        assertEquals(before, state, "a refusal changes nothing");
    }

    private ServiceState shop() {
        return state.service(SHOP).orElseThrow();
    }

    private static Step step(String id, String site, Verb verb, boolean bestEffort,
            String... after) {
        return new Step(id, site, "db", verb, "", List.of(after), bestEffort);
    }

    /** Demote at the old site, grant, promote at the new one. */
    private static Command decide(Kind kind, String from, String to, long epoch) {
        boolean bestEffort = kind == Kind.FAILOVER;
        List<Step> steps = from.isEmpty() || from.equals(to)
                ? List.of(step("grant", "", Verb.GRANT, false),
                        step("promote", to, Verb.PROMOTE, false, "grant"))
                : List.of(step("demote", from, Verb.DEMOTE, bestEffort),
                        step("grant", "", Verb.GRANT, false, "demote"),
                        step("promote", to, Verb.PROMOTE, false, "grant"));
        return new Command.Decide(new Decision(SHOP, kind, from, to, List.of("because.")), epoch,
                new Transition(SHOP, kind, from, to, steps), false);
    }

    private static Command over(long epoch, String step, boolean ok) {
        return new Command.StepOver(SHOP, epoch, step, ok, "so it went");
    }

    private static Command grant(String site, long ifEpoch, Basis basis) {
        return new Command.Grant(SHOP, site, ifEpoch, basis);
    }

    private static Command released(String site, long epoch) {
        return new Command.Released(SHOP, site, epoch, 1);
    }

    private void dc1Holds() {
        done(decide(Kind.FAILOVER, "", "dc1", 0));
        done(grant("dc1", 0, Basis.FIRST));
        done(over(0, "promote", true));
    }

    @Test
    void startsVacantAndTheFirstGrantBlocksNothing() {
        assertEquals(new Ticket(SHOP, "", 0, Phase.VACANT), shop().ticket());
        dc1Holds();
        assertEquals(new Ticket(SHOP, "dc1", 1, Phase.HELD), shop().ticket());
        assertTrue(shop().running().isEmpty());
        assertTrue(shop().blocked().isEmpty());
    }

    @Test
    void renewsOnlyForTheHolderAndOnlyWhileHeld() {
        dc1Holds();
        assertEquals(new Reply.Renewed(Map.of(SHOP, 1L)), apply(new Command.Renew("dc1")));
        assertEquals(new Reply.Renewed(Map.of()), apply(new Command.Renew("dc2")));
        done(decide(Kind.SWITCHOVER, "dc1", "dc2", 1));
        assertEquals(Phase.REVOKING, shop().ticket().phase());
        assertEquals(new Reply.Renewed(Map.of()), apply(new Command.Renew("dc1")));
    }

    @Test
    void aSwitchoverGrantsAfterDemotionAndRelease() {
        dc1Holds();
        done(decide(Kind.SWITCHOVER, "dc1", "dc2", 1));
        refused(grant("dc2", 1, Basis.RELEASED));
        refused(grant("dc2", 1, Basis.EXPIRED));
        done(over(1, "demote", true));
        refused(grant("dc2", 1, Basis.RELEASED));
        done(released("dc1", 1));
        refused(grant("dc1", 1, Basis.RELEASED));
        refused(grant("dc2", 1, Basis.FIRST));
        refused(grant("dc2", 1, Basis.SAME));
        done(grant("dc2", 1, Basis.RELEASED));
        refused(grant("dc2", 1, Basis.RELEASED));
        done(over(1, "promote", true));
        assertEquals(new Ticket(SHOP, "dc2", 2, Phase.HELD), shop().ticket());
        assertTrue(shop().blocked().isEmpty());
    }

    @Test
    void aFailoverDoesNotWaitForBestEffortAndBlocksTheNextOne() {
        dc1Holds();
        done(decide(Kind.FAILOVER, "dc1", "dc2", 1));
        done(grant("dc2", 1, Basis.EXPIRED));
        done(over(1, "promote", true));
        assertTrue(shop().running().isPresent(), "the old site's demotion is not over");
        done(over(1, "demote", false));
        assertTrue(shop().running().isEmpty());
        assertTrue(shop().blocked().isPresent());
        refused(decide(Kind.FAILOVER, "dc2", "dc1", 2));
        done(new Command.Unblock(SHOP, "eve"));
        done(decide(Kind.FAILOVER, "dc2", "dc1", 2));
    }

    @Test
    void aFailureBeforeTheGrantLeavesTheOldHolderToBeRestored() {
        dc1Holds();
        done(decide(Kind.SWITCHOVER, "dc1", "dc2", 1));
        done(over(1, "demote", false));
        assertTrue(shop().running().isEmpty());
        assertTrue(shop().blocked().isEmpty());
        assertTrue(shop().last().orElseThrow().reasons().getLast().startsWith("Aborted"));
        done(decide(Kind.RESTORE, "dc1", "dc1", 1));
        done(grant("dc1", 1, Basis.SAME));
        done(over(1, "promote", true));
        assertEquals(new Ticket(SHOP, "dc1", 2, Phase.HELD), shop().ticket());
    }

    @Test
    void aNewHolderThatGivesUpAbortsItsTakeover() {
        dc1Holds();
        done(decide(Kind.FAILOVER, "dc1", "dc2", 1));
        done(grant("dc2", 1, Basis.EXPIRED));
        done(released("dc2", 2));
        assertEquals(new Ticket(SHOP, "dc2", 2, Phase.RELEASED), shop().ticket());
        assertTrue(shop().running().isEmpty());
        assertTrue(shop().blocked().isPresent(), "it was an automatic move all the same");
        done(decide(Kind.RESTORE, "dc2", "dc2", 2));
    }

    @Test
    void refusesEveryOldEpoch() {
        dc1Holds();
        done(decide(Kind.RESTORE, "dc1", "dc1", 1));
        done(grant("dc1", 1, Basis.SAME));
        refused(released("dc1", 1));
        refused(grant("dc1", 1, Basis.SAME));
        refused(over(7, "promote", true));
        done(over(1, "promote", true));
        refused(over(1, "promote", true));
        refused(decide(Kind.FAILOVER, "dc1", "dc2", 1));
        assertEquals(new Ticket(SHOP, "dc1", 2, Phase.HELD), shop().ticket());
    }

    @Test
    void refusesAReleaseThatAnEarlierProcessSent() {
        dc1Holds();
        done(join("dc1", 1, Command.Join.NOBODY));
        done(join("dc1", 2, 1));
        refused(released("dc1", 1));
        done(new Command.Released(SHOP, "dc1", 1, 2));
    }

    private static Command join(String site, long run, long replaces) {
        return new Command.Join(site, run, 1, replaces, true);
    }

    /** Its machine may have lost power: what it has promoted may stand still now. */
    @Test
    void whatASiteHasActivatedIsVoidWithANewProcessOfItsMonitor() {
        dc1Holds();
        done(decide(Kind.SWITCHOVER, "dc1", "dc2", 1));
        done(join("dc2", 1, Command.Join.NOBODY));
        done(over(1, "demote", true));
        done(over(1, "promote", true));
        done(join("dc2", 1, 1));
        assertEquals(Set.of("demote", "promote"), overNow(), "the same process");
        done(join("dc2", 2, 1));
        assertEquals(Set.of("demote"), overNow());
    }

    private Set<String> overNow() {
        return state.service(SHOP).orElseThrow().running().orElseThrow().over().keySet();
    }

    @Test
    void startsOneTransitionAtATime() {
        dc1Holds();
        done(decide(Kind.SWITCHOVER, "dc1", "dc2", 1));
        refused(decide(Kind.SWITCHOVER, "dc1", "dc2", 1));
        refused(new Command.Request(SHOP, Command.Request.Kind.SWITCHOVER, "dc2", "eve", false,
                List.of()));
        refused(new Command.WantStance(SHOP, "dc1", "best", "because."));
    }

    @Test
    void isIdempotent() {
        dc1Holds();
        done(decide(Kind.SWITCHOVER, "dc1", "dc2", 1));
        done(over(1, "demote", true));
        ClusterState once = state;
        done(over(1, "demote", false));
        assertEquals(once, state, "the first outcome counts");
        done(released("dc1", 1));
        once = state;
        done(released("dc1", 1));
        assertEquals(once, state);
    }

    @Test
    void requestsWaitForADecisionAndNeverRebuildTheHolder() {
        dc1Holds();
        refused(new Command.Request(SHOP, Command.Request.Kind.RESYNC, "dc1", "eve", false,
                List.of()));
        done(new Command.Request(SHOP, Command.Request.Kind.SWITCHOVER, "dc2", "eve", false,
                List.of()));
        assertTrue(shop().request().isPresent());
        Decision no = new Decision(SHOP, Kind.REFUSED, "dc1", "dc1", List.of("It lags."));
        done(new Command.Decide(no, 1, new Transition(SHOP, Kind.REFUSED, "dc1", "dc1",
                List.of()), true));
        assertTrue(shop().request().isEmpty());
        assertEquals(no, shop().last().orElseThrow());
        assertEquals(Phase.HELD, shop().ticket().phase());
    }

    @Test
    void aRebuildOfTheStandbyTakesNothingFromTheHolder() {
        dc1Holds();
        Decision decision = new Decision(SHOP, Kind.STAY, "dc1", "dc1", List.of("eve asks."));
        done(new Command.Decide(decision, 1, new Transition(SHOP, Kind.STAY, "dc1", "dc1",
                List.of(step("resync", "dc2", Verb.RESYNC, false))), true));
        assertEquals(Phase.HELD, shop().ticket().phase());
        assertFalse(((Reply.Renewed) apply(new Command.Renew("dc1"))).epochs().isEmpty());
        done(over(1, "resync", true));
        assertTrue(shop().running().isEmpty());
    }

    @Test
    void aStanceThatWasTakenIsTheWantedOne() {
        dc1Holds();
        done(new Command.WantStance(SHOP, "dc1", "normal", "because."));
        assertEquals(Map.of("dc1", "normal"), shop().wanted());
        Step stance = new Step("stance", "dc1", "announcement", Verb.STANCE, "best", List.of(),
                true);
        done(new Command.Decide(new Decision(SHOP, Kind.STAY, "dc1", "dc1", List.of("x")), 1,
                new Transition(SHOP, Kind.STAY, "dc1", "dc1", List.of(stance)), false));
        done(over(1, "stance", true));
        assertEquals(Map.of("dc1", "best"), shop().wanted());
    }

    @Test
    void powerIsOnlyTakenFromASiteThatLosesItsTicket() {
        dc1Holds();
        refused(new Command.PoweredOff(SHOP, "dc1", 1, "pdu"));
        done(decide(Kind.FAILOVER, "dc1", "dc2", 1));
        refused(grant("dc2", 1, Basis.FENCED));
        refused(new Command.PoweredOff(SHOP, "dc2", 1, "pdu"));
        refused(new Command.PoweredOff(SHOP, "dc1", 2, "pdu"));
        done(new Command.PoweredOff(SHOP, "dc1", 1, "pdu"));
        assertEquals(Phase.FENCED, shop().ticket().phase());
        done(new Command.PoweredOff(SHOP, "dc1", 1, "pdu"));
        assertEquals(new Reply.Renewed(Map.of()), apply(new Command.Renew("dc1")));
        done(grant("dc2", 1, Basis.FENCED));
        assertEquals(new Ticket(SHOP, "dc2", 2, Phase.HELD), shop().ticket());
        refused(new Command.PoweredOff(SHOP, "dc1", 1, "pdu"));
    }

    /** Rule 7 is about what moves by itself: a person who asks has looked. */
    @Test
    void aBlockDoesNotStopAnOperatorAndAnOperatorsMoveBlocksNothing() {
        dc1Holds();
        done(decide(Kind.FAILOVER, "dc1", "dc2", 1));
        done(grant("dc2", 1, Basis.EXPIRED));
        done(over(1, "demote", false));
        done(over(1, "promote", true));
        assertTrue(shop().blocked().isPresent());
        Command.Decide back = (Command.Decide) decide(Kind.FAILOVER, "dc2", "dc1", 2);
        refused(back);
        done(new Command.Unblock(SHOP, "eve"));
        done(new Command.Decide(back.decision(), 2, back.transition(), true));
        done(grant("dc1", 2, Basis.EXPIRED));
        done(over(2, "demote", false));
        done(over(2, "promote", true));
        assertTrue(shop().running().isEmpty());
        assertTrue(shop().blocked().isEmpty());
        done(decide(Kind.FAILOVER, "dc1", "dc2", 3));
        done(grant("dc2", 3, Basis.EXPIRED));
        done(over(3, "demote", false));
        done(over(3, "promote", true));
        Command.Decide again = (Command.Decide) decide(Kind.FAILOVER, "dc2", "dc1", 4);
        refused(again);
        done(new Command.Decide(again.decision(), 4, again.transition(), true));
    }

    /** The lease was over while the devices still worked: what was proposed then still fits. */
    @Test
    void aGrantAfterTheEndOfTheLeaseFitsAlsoWhenThePowerIsGoneMeanwhile() {
        dc1Holds();
        done(decide(Kind.FAILOVER, "dc1", "dc2", 1));
        done(new Command.PoweredOff(SHOP, "dc1", 1, "pdu"));
        refused(grant("dc2", 1, Basis.RELEASED));
        done(grant("dc2", 1, Basis.EXPIRED));
    }

    /** Its monitor was alive after all, or is again: it says so itself. */
    @Test
    void aSiteThatWasFencedMayStillReleaseAndGetItsServiceBack() {
        dc1Holds();
        done(decide(Kind.FAILOVER, "dc1", "dc2", 1));
        done(new Command.PoweredOff(SHOP, "dc1", 1, "pdu"));
        done(released("dc1", 1));
        assertEquals(Phase.RELEASED, shop().ticket().phase());
        done(new Command.PoweredOff(SHOP, "dc1", 1, "pdu"));
        assertEquals(Phase.RELEASED, shop().ticket().phase());
        refused(grant("dc2", 1, Basis.FENCED));
        done(grant("dc2", 1, Basis.EXPIRED));
    }

    @Test
    void maintenanceIsRememberedBySiteAndBookedForTheWholeService() {
        done(new Command.Maintain(SHOP, "", "new disks", "ann", 1000));
        done(new Command.Maintain(SHOP, "dc2", "a new switch", "ann", 1500));
        assertTrue(shop().inMaintenance());
        assertEquals(Map.of("", "new disks", "dc2", "a new switch"), shop().maintenance());
        done(new Command.Maintain(SHOP, "", "", "ann", 3000));
        assertEquals(Map.of("dc2", "a new switch"), shop().maintenance());
        assertEquals(List.of(new Ledger.Span(1000, 3000, "new disks")), shop().ledger().works());
        done(new Command.Maintain(SHOP, "dc2", "", "ann", 4000));
        assertEquals(Map.of(), shop().maintenance());
        assertEquals(1, shop().ledger().works().size());
    }

    @Test
    void labelsComeAndGo() {
        done(new Command.Label("dc1", "provider", "acme", "ann"));
        done(new Command.Label("dc1", "rack", "7", "ann"));
        done(new Command.Label("dc1", "provider", "umbrella", "ann"));
        assertEquals(Map.of("dc1", Map.of("provider", "umbrella", "rack", "7")), state.labels());
        done(new Command.Label("dc1", "provider", "", "ann"));
        done(new Command.Label("dc1", "rack", "", "ann"));
        done(new Command.Label("dc1", "never", "", "ann"));
        assertEquals(Map.of(), state.labels());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        refused(new Command.Unblock("nothing", "eve"));
        refused(over(0, "promote", true));
        refused(released("", 0));
        refused(grant("dc1", 0, Basis.FIRST));
    }
}
