package io.siteswap.monitor.guard.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.guard.GuardEffect;
import io.siteswap.monitor.guard.GuardEvent;
import io.siteswap.monitor.guard.GuardState;
import io.siteswap.monitor.guard.GuardState.Bounds;
import io.siteswap.monitor.guard.Hold;
import io.siteswap.monitor.guard.Line;
import io.siteswap.monitor.host.ResetTimer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The guard's logic with a machine that is reset in earnest. Times are the defaults, in ns. */
class CountdownTest {

    private static final long MS = 1_000_000;
    private static final long LEASE = 800 * MS;
    private static final long BOUND = 500 * MS;
    private static final long RENEW = 150 * MS;
    private static final long STEP = 10 * MS;

    private final Timer timer = new Timer();
    private long now;
    private GuardState guard = GuardState.started(Bounds.of(LEASE, BOUND), Map.of(), 0);
    private Countdown countdown = new Countdown(timer);
    private boolean fencing;

    /** As the kernel's: it runs on when nobody has it open. */
    private final class Timer implements ResetTimer {
        private boolean there = true;
        private boolean running;
        private boolean open;
        private long fed;

        /** Its user does: the kernel runs it on, from the beginning. */
        void die() {
            open = false;
            fed = now;
        }

        boolean reset() {
            return running && now - fed >= timeout().toNanos();
        }

        @Override
        public void start() throws IOException {
            if (!there) {
                throw new IOException("there is no watchdog");
            }
            if (!open) {
                open = true;
                running = true;
                fed = now;
            }
        }

        @Override
        public void feed() {
            fed = now;
        }

        @Override
        public void stop() {
            if (open) {
                open = false;
                running = false;
            }
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(1);
        }
    }

    private void on(GuardEvent event) {
        GuardState.Stepped stepped = guard.step(event);
        guard = stepped.next();
        fencing |= stepped.effects().stream().anyMatch(GuardEffect.Fence.class::isInstance);
        countdown.look(guard, now);
    }

    private void leased(long epoch) {
        if (countdown.ensured()) {
            on(new GuardEvent.Told(now, new Line.Lease("shop", epoch, now + LEASE)));
        }
    }

    private void pass(long span) {
        for (long end = now + span; now < end && !timer.reset(); now += STEP) {
            on(new GuardEvent.Tick(now));
        }
    }

    @Test
    void everySecondRenewalIsEnough() {
        on(new GuardEvent.Linked(now));
        for (int i = 0; i < 1000; i++) {
            leased(1);
            pass(2 * RENEW);
        }
        assertFalse(timer.reset());
        on(new GuardEvent.Told(now, new Line.Clear("shop", 1)));
        assertFalse(timer.running, "a site that is not active has no watchdog");
    }

    @Test
    void withoutAWatchdogNoLeaseIsTaken() {
        timer.there = false;
        on(new GuardEvent.Linked(now));
        leased(1);
        assertTrue(guard.holds().isEmpty());
        timer.there = true;
        leased(1);
        assertEquals(new Hold.Leased(1, LEASE, false), guard.holds().get("shop"));
    }

    /** A standby looks ten times a second, and renewals ask besides. */
    @Test
    void whatIsWrongWithItIsSaidOnceUntilItChanges() {
        List<String> said = new ArrayList<>();
        countdown = new Countdown(timer, said::add);
        timer.there = false;
        for (int i = 0; i < 100; i++) {
            countdown.look(guard, now);
            assertFalse(countdown.ensured());
        }
        assertEquals(List.of("there is no watchdog: until it can be used no lease is taken and"
                + " nothing is activated here."), said);
        timer.there = true;
        countdown.look(guard, now);
        timer.there = false;
        assertFalse(countdown.ensured());
        assertEquals(2, said.size());
    }

    @Test
    void aFenceThatFailsEndsInAResetWithinTheBound() {
        leased(1);
        pass(LEASE + BOUND);
        assertTrue(fencing);
        assertTrue(timer.reset());
        assertTrue(now <= LEASE + BOUND, now / MS + " ms");
    }

    /** The next guard, started in time, stops what the last one left running. */
    @Test
    void theNextGuardGoesOn() {
        leased(1);
        pass(LEASE - STEP);
        timer.die();
        guard = GuardState.started(Bounds.of(LEASE, BOUND), guard.holds(), now);
        countdown = new Countdown(timer);
        pass(BOUND / 2);
        assertTrue(fencing);
        on(new GuardEvent.Fenced(now, "shop", 1, true, "all stopped."));
        assertFalse(timer.running);
    }

    /** Whatever happens: once lease and bound are over, it is fenced or the machine is reset. */
    @Test
    void nothingIsActiveAfterTheBound() {
        for (long seed = 1; seed <= 2000; seed++) {
            now = 0;
            timer.running = false;
            timer.open = false;
            guard = GuardState.started(Bounds.of(LEASE, BOUND), Map.of(), 0);
            countdown = new Countdown(timer);
            fencing = false;
            live(new Random(seed), "seed " + seed);
        }
    }

    private void live(Random random, String seed) {
        on(new GuardEvent.Linked(now));
        long limit = Long.MAX_VALUE;
        long stuckUntil = 0;
        long epoch = 1;
        while (now < 60_000 * MS && !timer.reset()) {
            now += STEP;
            boolean active = guard.holds().get("shop") instanceof Hold.Clear == false;
            assertTrue(!active || now <= limit || timer.reset(), seed + " at " + now / MS + " ms");
            if (now < stuckUntil) {
                continue;
            }
            on(new GuardEvent.Tick(now));
            if (random.nextInt(200) == 0) {
                stuckUntil = now + random.nextLong(3000) * MS;
            } else if (fencing && random.nextInt(20) == 0) {
                boolean ok = random.nextInt(3) > 0;
                fencing = false;
                on(new GuardEvent.Fenced(now, "shop", epoch, ok, "fenced"));
                epoch += ok ? 1 : 0;
            } else if (random.nextInt(20) == 0) {
                leased(epoch);
                limit = guard.holds().get("shop") instanceof Hold.Leased it
                        ? it.until() + BOUND + STEP
                        : limit;
            }
        }
    }
}
