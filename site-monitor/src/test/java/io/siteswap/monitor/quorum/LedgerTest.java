package io.siteswap.monitor.quorum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.quorum.Ledger.Span;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is written down, and what percentage follows. */
class LedgerTest {

    private static final long DAY = 86_400_000;

    /** Up since 1000, down from 2000 to 2500. */
    private static Ledger aDip() {
        return Ledger.EMPTY.served(true, "", 1000).served(false, "power", 2000)
                .served(true, "", 2500);
    }

    @Test
    void nothingCountsBeforeTheServiceCouldBeUsedOnce() {
        Ledger ledger = Ledger.EMPTY.served(false, "not started", 500);
        assertTrue(ledger.empty());
        assertFalse(ledger.up());
        assertEquals(1000, ledger.served(true, "", 1000).since());
    }

    @Test
    void anOutageLastsFromTheFirstWordToTheFirstContradiction() {
        Ledger down = Ledger.EMPTY.served(true, "", 1000).served(false, "power", 2000)
                .served(false, "and the lease", 2200);
        assertEquals(Optional.of(new Span(2000, Span.LASTS, "power")), down.outage());
        Ledger up = down.served(true, "", 2500).served(true, "", 2600);
        assertEquals(List.of(new Span(2000, 2500, "power")), up.outages());
        assertTrue(up.up());
    }

    /** Another leader's clock may be behind, or somebody sets it back. */
    @Test
    void timeNeverGoesBack() {
        Ledger ledger = aDip().served(false, "again", 100).served(true, "", 90);
        assertEquals(new Span(2500, 2500, "again"), ledger.outages().getLast());
        assertEquals(2500, ledger.worked("disks", 10).work().orElseThrow().from());
    }

    @Test
    void workMayGoOnForAnotherReason() {
        Ledger ledger = aDip().worked("disks", 3000).worked("a fan", 3100).rested(3300)
                .rested(3400);
        assertEquals(List.of(new Span(3000, 3100, "disks"), new Span(3100, 3300, "a fan")),
                ledger.works());
    }

    @Test
    void theOldestAreForgottenAndTheLedgerBeginsAfterThem() {
        Ledger ledger = Ledger.EMPTY.served(true, "", 1000);
        for (int i = 1; i <= Ledger.KEPT + 2; i++) {
            ledger = ledger.served(false, "no. " + i, 1000 + i * 10L)
                    .served(true, "", 1005 + i * 10L);
        }
        assertEquals(Ledger.KEPT, ledger.outages().size());
        assertEquals("no. 3", ledger.outages().getFirst().why());
        assertEquals(1025, ledger.since());
    }

    @Test
    void workThatIsForgottenMovesTheBeginningTooButBeginsNothing() {
        Ledger up = Ledger.EMPTY.served(true, "", 1000);
        Ledger never = Ledger.EMPTY;
        for (int i = 1; i <= Ledger.KEPT + 2; i++) {
            up = up.worked("no. " + i, 1000 + i * 10L);
            never = never.worked("no. " + i, 1000 + i * 10L);
        }
        assertEquals(Ledger.KEPT, up.works().size());
        assertEquals(1020, up.since());
        assertEquals(Ledger.KEPT, never.works().size());
        assertTrue(never.empty());
    }

    @Test
    void availabilityIsWhatIsLeftOfThePeriod() {
        Availability all = Availability.of(aDip(), 0, 11_000, 50_000);
        assertEquals(new Availability(1000, 11_000, 500, 0,
                List.of(new Span(2000, 2500, "power"))), all);
        assertEquals(95.0, all.raw());
        assertEquals(95.0, all.contractual());
    }

    @Test
    void thePeriodEndsNowAtTheLatestAndCutsItsOutages() {
        Availability now = Availability.of(aDip(), 2100, 11_000, 3100);
        assertEquals(new Availability(2100, 3100, 400, 0,
                List.of(new Span(2100, 2500, "power"))), now);
        assertEquals(60.0, now.raw());
        Availability lasting = Availability.of(aDip().served(false, "fire", 5000), 5000,
                10 * DAY, 5000 + DAY);
        assertEquals(0.0, lasting.raw());
        assertEquals(DAY, lasting.downtime());
    }

    @Test
    void plannedDowntimeIsLeftOutOfTheContract() {
        Ledger ledger = aDip().worked("disks", 3000).served(false, "restart", 3500).rested(4000)
                .served(true, "", 4500);
        Availability all = Availability.of(ledger, 0, 11_000, 50_000);
        assertEquals(1500, all.downtime());
        assertEquals(500, all.planned());
        assertEquals(85.0, all.raw());
        assertEquals(90.0, all.contractual());
    }

    @Test
    void aPeriodOfWhichNothingIsKnownHasNoLength() {
        Availability before = Availability.of(aDip(), 0, 900, 50_000);
        assertEquals(0, before.period());
        assertEquals(100.0, before.raw());
        assertEquals(0, Availability.of(Ledger.EMPTY, 0, 900, 50_000).period());
    }
}
