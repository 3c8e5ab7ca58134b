package io.siteswap.bgp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.WireError;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is remembered of faults and of strangers is bounded. */
class FaultLogTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static WireError error(int number) {
        return WireError.reset(3, 1, "Fault " + number + ".");
    }

    @Test
    void theSameFaultIsCountedAndOnlyTheLastOnesAreKept() {
        FaultLog log = new FaultLog();
        for (int i = 0; i < 100; i++) {
            log.add(NOON.plusSeconds(i), error(i), Octets.hex("ff".repeat(300)));
        }
        log.add(NOON.plusSeconds(200), error(99), Octets.hex("ff".repeat(300)));
        assertEquals(FaultLog.MAX_ENTRIES, log.entries().size());
        assertEquals(101, log.total());
        FaultLog.Entry last = log.entries().getLast();
        assertEquals(2, last.count());
        assertEquals(NOON.plusSeconds(99), last.first());
        assertEquals(NOON.plusSeconds(200), last.last());
        assertEquals(512, last.hex().length());
        assertEquals("Fault 36.", log.entries().getFirst().reason());
    }

    @Test
    void aStrangerIsReportedOnceAMinute() {
        Strangers strangers = new Strangers();
        InetAddress from = InetAddress.ofLiteral("198.51.100.7");
        long minute = Duration.ofMinutes(1).toNanos();
        assertEquals(Optional.of(1L), strangers.seen(from, 0));
        for (int i = 1; i <= 1000; i++) {
            assertEquals(Optional.empty(), strangers.seen(from, i));
        }
        assertEquals(Optional.of(1001L), strangers.seen(from, minute + 1));
        assertEquals(Optional.empty(), strangers.seen(from, minute + 2));
    }

    @Test
    void manyStrangersAreReportedAsOne() {
        Strangers strangers = new Strangers();
        int reports = 0;
        for (int i = 0; i < 10_000; i++) {
            reports += strangers
                    .seen(InetAddress.ofLiteral("198.18." + i / 250 + "." + i % 250), i)
                    .isPresent() ? 1 : 0;
        }
        assertEquals(Strangers.MAX_ADDRESSES + 1, reports);
    }
}
