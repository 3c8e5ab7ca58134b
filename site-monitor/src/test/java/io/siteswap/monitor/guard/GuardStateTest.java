package io.siteswap.monitor.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.guard.Hold.Clear;
import io.siteswap.monitor.guard.Hold.Fencing;
import io.siteswap.monitor.guard.Hold.Leased;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Times in the tests are ms of a lease of 800 ms and a fence bound of 500 ms. */
class GuardStateTest {

    private static final GuardState.Bounds BOUNDS = GuardState.Bounds.of(800, 500);
    private static final long GRACE = 100;

    private GuardState guard = GuardState.started(BOUNDS, Map.of(), 0);

    private List<GuardEffect> on(GuardEvent event) {
        GuardState.Stepped stepped = guard.step(event);
        guard = stepped.next();
        return stepped.effects();
    }

    private List<GuardEffect> told(long now, Line line) {
        return on(new GuardEvent.Told(now, line));
    }

    private List<GuardEffect> tick(long now) {
        return on(new GuardEvent.Tick(now));
    }

    private static boolean fences(List<GuardEffect> effects) {
        return effects.stream().anyMatch(GuardEffect.Fence.class::isInstance);
    }

    private static boolean kills(List<GuardEffect> effects) {
        return effects.stream().anyMatch(GuardEffect.Kill.class::isInstance);
    }

    private void leased(long now, long epoch, long until) {
        on(new GuardEvent.Linked(now));
        told(now, new Line.Lease("shop", epoch, until));
    }

    @Test
    void beforeTheFirstLeaseNothingIsFenced() {
        on(new GuardEvent.Linked(0));
        on(new GuardEvent.Unlinked(5));
        assertTrue(tick(1_000_000).isEmpty());
        assertEquals(OptionalLong.empty(), guard.wakeAt());
    }

    @Test
    void aMonitorThatDiesIsReplacedAtTheEndOfItsLeaseAndNoLater() {
        leased(0, 7, 800);
        assertFalse(fences(on(new GuardEvent.Unlinked(300))));
        assertEquals(OptionalLong.of(800), guard.wakeAt());
        assertFalse(fences(tick(799)));
        List<GuardEffect> effects = tick(800);
        assertTrue(effects.getFirst() instanceof GuardEffect.Fence fence && fence.epoch() == 7,
                effects.toString());
        assertFalse(kills(effects), "nobody is there to be killed");
        assertFalse(fences(tick(900)), "one at a time");
        on(new GuardEvent.Fenced(950, "shop", 7, true, "done"));
        assertEquals(new Clear(7), guard.holds().get("shop"));
    }

    @Test
    void aMonitorThatHangsIsKilledBeforeTheFence() {
        leased(0, 7, 800);
        assertEquals(OptionalLong.of(800 + GRACE), guard.wakeAt());
        assertFalse(fences(tick(800 + GRACE - 1)), "it is given a moment to do it itself");
        List<GuardEffect> effects = tick(800 + GRACE);
        assertTrue(effects.getFirst() instanceof GuardEffect.Kill, effects.toString());
        assertTrue(effects.get(1) instanceof GuardEffect.Fence, effects.toString());
    }

    @Test
    void aMonitorThatFencesByItselfIsNotKilledAndNotTrustedForLong() {
        leased(0, 7, 800);
        told(810, new Line.Fencing("shop", 7));
        List<GuardEffect> effects = tick(800 + GRACE);
        assertTrue(fences(effects));
        assertFalse(kills(effects));
    }

    @Test
    void whatTheMonitorGaveUpIsNotFenced() {
        leased(0, 7, 800);
        told(100, new Line.Clear("shop", 7));
        on(new GuardEvent.Unlinked(200));
        assertFalse(fences(tick(5000)));
    }

    @Test
    void renewalsMoveTheEndAndNothingMovesItBack() {
        leased(0, 7, 800);
        told(150, new Line.Lease("shop", 7, 950));
        told(160, new Line.Lease("shop", 7, 900));
        told(170, new Line.Lease("shop", 6, 960));
        assertEquals(new Leased(7, 950, false), guard.holds().get("shop"));
    }

    @Test
    void anEpochThatWasGivenUpIsNeverTakenAgain() {
        leased(0, 7, 800);
        told(100, new Line.Clear("shop", 7));
        List<GuardEffect> effects = told(200, new Line.Lease("shop", 7, 1000));
        assertEquals(List.of(new GuardEffect.Answer(new Line.Fenced("shop", 7))), effects);
        told(300, new Line.Lease("shop", 8, 1100));
        assertEquals(new Leased(8, 1100, false), guard.holds().get("shop"));
    }

    @Test
    void aNewEpochIsOnDiskBeforeItIsConfirmed() {
        on(new GuardEvent.Linked(0));
        List<GuardEffect> effects = told(0, new Line.Lease("shop", 7, 800));
        assertEquals(new GuardEffect.Save(true), effects.getFirst());
        assertEquals(new GuardEffect.Answer(new Line.Taken("shop", 7)), effects.get(1));
    }

    @Test
    void aLeaseThatIsTooGoodIsNotTaken() {
        on(new GuardEvent.Linked(0));
        List<GuardEffect> effects = told(0, new Line.Lease("shop", 7, 801));
        assertTrue(effects.getFirst() instanceof GuardEffect.Note note && note.alarm());
        assertTrue(guard.holds().isEmpty());
    }

    @Test
    void aFenceThatFailsIsTriedUntilItSucceeds() {
        leased(0, 7, 800);
        tick(900);
        on(new GuardEvent.Fenced(1000, "shop", 7, false, "no answer"));
        assertEquals(new Fencing(7, false, 1050), guard.holds().get("shop"));
        assertTrue(fences(tick(1050)));
        List<GuardEffect> effects = told(1060, new Line.Lease("shop", 8, 1800));
        assertTrue(effects.isEmpty(), "not before the old epoch is fenced");
        on(new GuardEvent.Fenced(1100, "shop", 7, true, "done"));
        told(1200, new Line.Lease("shop", 8, 1900));
        assertEquals(new Leased(8, 1900, false), guard.holds().get("shop"));
    }

    @Test
    void aMonitorThatStartsIsToldUntilWhenTheOneBeforeWasLeased() {
        leased(0, 7, 800);
        on(new GuardEvent.Unlinked(100));
        assertEquals(List.of(new GuardEffect.Answer(new Line.Taken("shop", 7)),
                new GuardEffect.Answer(new Line.Lease("shop", 7, 800))),
                on(new GuardEvent.Linked(200)));
        tick(900);
        // Once over, both fence: nobody knows whether the guard gets to it.
        assertEquals(List.of(new GuardEffect.Answer(new Line.Fencing("shop", 7))),
                on(new GuardEvent.Linked(910)));
    }

    @Test
    void aMonitorThatStartsIsToldWhatWasFenced() {
        leased(0, 7, 800);
        on(new GuardEvent.Unlinked(100));
        tick(800);
        on(new GuardEvent.Fenced(850, "shop", 7, true, "done"));
        assertEquals(List.of(new GuardEffect.Answer(new Line.Fenced("shop", 7))),
                on(new GuardEvent.Linked(2000)));
    }

    /** Its process takes longer to start than a lease lasts, and the monitor went on renewing. */
    @Test
    void aGuardThatIsStartedAgainGivesTheMonitorTimeToSayThatItLives() {
        guard = GuardState.started(BOUNDS, Map.of("shop", new Leased(7, 800, false)), 2000);
        assertTrue(tick(2000).isEmpty());
        leased(2050, 7, 2800);
        assertTrue(tick(2000 + GRACE).isEmpty());
        assertEquals(OptionalLong.of(2800 + GRACE), guard.wakeAt());
    }

    @Test
    void aGuardThatIsStartedAgainFencesWhenNobodySaysSo() {
        guard = GuardState.started(BOUNDS, Map.of("shop", new Leased(7, 800, false)), 2000);
        assertEquals(OptionalLong.of(2000 + GRACE), guard.wakeAt());
        List<GuardEffect> effects = tick(2000 + GRACE);
        assertTrue(fences(effects));
        assertFalse(kills(effects));
        // Who reads that looks for a monitor that is not there, not for one that hangs.
        assertTrue(effects.toString().contains("ran out and the monitor is gone"),
                effects.toString());
    }

    @Test
    void aLeaseThatStillRunsEndsWhenItEndsAlsoForTheNextGuard() {
        guard = GuardState.started(BOUNDS, Map.of("shop", new Leased(7, 2800, false)), 2000);
        assertEquals(OptionalLong.of(2800), guard.wakeAt());
        assertTrue(fences(tick(2800)));
    }

    /** Whatever is said in whatever order: within the grace after its end a lease is acted upon. */
    @Test
    void noOrderOfEventsLeavesALapsedLeaseAlone() {
        for (long seed = 0; seed < 2000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            guard = GuardState.started(BOUNDS, Map.of(), 0);
            List<GuardEvent> past = new ArrayList<>();
            long now = 0;
            for (int i = 0; i < 60; i++) {
                now += random.nextLong(120);
                GuardEvent event = event(random, now);
                past.add(event);
                on(event);
                long at = now;
                guard.holds().forEach((service, hold) -> assertFalse(
                        hold instanceof Leased leased && leased.until() + GRACE <= at,
                        () -> past + " leaves " + service + " " + hold));
                assertTrue(guard.wakeAt().isEmpty() || guard.wakeAt().getAsLong() > now,
                        () -> past + " would wake at " + guard.wakeAt());
            }
        }
    }

    private static GuardEvent event(SplittableRandom random, long now) {
        String service = random.nextBoolean() ? "shop" : "chat";
        long epoch = 1 + random.nextLong(4);
        return switch (random.nextInt(7)) {
            case 0 -> new GuardEvent.Linked(now);
            case 1 -> new GuardEvent.Unlinked(now);
            case 2 -> new GuardEvent.Told(now, new Line.Clear(service, epoch));
            case 3 -> new GuardEvent.Told(now, new Line.Fencing(service, epoch));
            case 4 -> new GuardEvent.Fenced(now, service, epoch, random.nextBoolean(), "");
            case 5 -> new GuardEvent.Tick(now);
            default -> new GuardEvent.Told(now,
                    new Line.Lease(service, epoch, now + random.nextLong(900)));
        };
    }
}
