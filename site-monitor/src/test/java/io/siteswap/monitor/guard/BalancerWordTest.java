package io.siteswap.monitor.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.monitor.guard.Hold.Clear;
import io.siteswap.monitor.guard.Hold.Fencing;
import io.siteswap.monitor.guard.Hold.Leased;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BalancerWordTest {

    private static final long NOW = 1000;

    private static String of(Hold hold) {
        return BalancerWord.of(Optional.of(hold), NOW);
    }

    @Test
    void aSiteIsUpWhileItsLeaseRunsAndNotAnInstantLonger() {
        assertEquals("up", of(new Leased(7, NOW + 1, false)));
        assertEquals("down #epoch 7: the lease is over", of(new Leased(7, NOW, false)));
        assertEquals("up", BalancerWord.of(Optional.of(
                new Leased(7, Long.MIN_VALUE + 3, false)), Long.MAX_VALUE));
    }

    @Test
    void aSiteThatIsFencedIsDownWhoeverFences() {
        assertEquals("down #epoch 7: the monitor fences", of(new Leased(7, NOW + 500, true)));
        assertEquals("down #epoch 7: being fenced", of(new Fencing(7, true, NOW)));
        assertEquals("down #epoch 7: being fenced", of(new Fencing(7, false, NOW + 50)));
    }

    @Test
    void aStandbyIsStoppedAndNotBroken() {
        assertEquals("stopped #standby since epoch 7", of(new Clear(7)));
        assertEquals("stopped #never active here", BalancerWord.of(Optional.empty(), NOW));
    }

    @Test
    void aGuardThatStartsDoesNotVouchForALeaseThatItsFileSaysIsOver() {
        GuardState guard = GuardState.started(GuardState.Bounds.of(800, 500),
                Map.of("old", new Leased(7, NOW - 1, false), "runs",
                        new Leased(3, NOW + 200, false)),
                NOW);
        assertEquals("down #epoch 7: the lease is over", word(guard, "old"));
        assertEquals("up", word(guard, "runs"));

        guard = guard.step(new GuardEvent.Linked(NOW)).next();
        assertEquals("down #epoch 7: the lease is over", word(guard, "old"));
        guard = guard.step(new GuardEvent.Told(NOW, new Line.Lease("old", 7, NOW + 700))).next();
        assertEquals("up", word(guard, "old"));
    }

    private static String word(GuardState guard, String service) {
        return BalancerWord.of(Optional.ofNullable(guard.holds().get(service)), NOW);
    }
}
