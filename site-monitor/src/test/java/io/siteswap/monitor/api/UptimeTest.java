package io.siteswap.monitor.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siteswap.monitor.api.ApiServer.Refusal;
import io.siteswap.monitor.api.Uptime.Period;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Ledger;
import io.siteswap.monitor.quorum.Quorum;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which periods are meant, and what is said of them. */
class UptimeTest {

    private static final long NOW = at("2026-11-28T16:00:00Z");
    private static final Optional<String> NONE = Optional.empty();

    private static long at(String moment) {
        return Instant.parse(moment).toEpochMilli();
    }

    /** Usable since the 20th; down for 90 s of which 60 s were maintenance; down again. */
    private static Ledger ledger() {
        var state = Quorum.initial(List.of("shop"));
        for (Command command : List.<Command>of(
                new Command.Served("shop", true, "", at("2026-11-20T00:00:00Z")),
                new Command.Served("shop", false, "power", at("2026-11-21T00:00:00Z")),
                new Command.Maintain("shop", "", "disks", "ann", at("2026-11-21T00:00:30Z")),
                new Command.Served("shop", true, "", at("2026-11-21T00:01:30Z")),
                new Command.Maintain("shop", "", "", "ann", at("2026-11-21T00:02:00Z")),
                new Command.Served("shop", false, "lost", at("2026-11-28T15:59:00Z")))) {
            state = Quorum.apply(state, command).next();
        }
        return state.service("shop").map(ServiceState::ledger).orElseThrow();
    }

    @Test
    void withoutQuestionItIsTheCurrentMonthAndYear() {
        assertEquals(
                List.of(new Period(at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z")),
                        new Period(at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"))),
                Uptime.periods(NONE, NONE, 1, NOW));
        assertEquals(new Period(at("2026-12-01T00:00:00Z"), at("2027-01-01T00:00:00Z")),
                Uptime.periods(NONE, NONE, 1, at("2026-12-31T23:59:59.999Z")).getFirst());
    }

    @Test
    void aDateIsItsMidnightAndOneEndMayBeMissing() {
        assertEquals(List.of(new Period(at("2026-11-02T00:00:00Z"), at("2026-11-03T07:30:00Z"))),
                Uptime.periods(Optional.of("2026-11-02"),
                        Optional.of("2026-11-03T08:30:00+01:00"), 1, NOW));
        assertEquals(List.of(new Period(1, at("2026-11-03T00:00:00Z"))),
                Uptime.periods(NONE, Optional.of("2026-11-03"), 1, NOW));
        assertEquals(List.of(new Period(at("2026-11-02T00:00:00Z"), NOW)),
                Uptime.periods(Optional.of("2026-11-02"), NONE, 1, NOW));
    }

    @Test
    void anEndBeforeTheLedgersBeginningIsAPeriodOfWhichNothingIsKnown() {
        long since = at("2026-11-20T00:00:00Z");
        Period before = Uptime.periods(NONE, Optional.of("2026-11-01"), since, NOW).getFirst();
        assertEquals(at("2026-11-01T00:00:00Z"), before.to());
        var view = Uptime.view("shop", ledger(), List.of(before), NOW);
        assertEquals(0, view.path("periods").path(0).path("periodMs").asLong());
    }

    @Test
    void whatIsNoTimeIsRefused() {
        for (String text : List.of("2026-13-01", "yesterday", "2026-11-01T08", "+999999999-12-31",
                "2026-11-01T08:30:00")) {
            assertThrows(Refusal.class,
                    () -> Uptime.periods(Optional.of(text), NONE, 1, NOW), text);
        }
        assertThrows(Refusal.class,
                () -> Uptime.periods(Optional.of("2026-11-29"), NONE, 1, NOW));
    }

    @Test
    void thePeriodBeginsWithTheLedgerAndMaintenanceIsPlanned() {
        String view = Uptime.view("shop", ledger(), Uptime.periods(NONE, NONE, 1, NOW)
                .subList(0, 1), NOW).toString();
        assertEquals("""
                {"service":"shop","up":false,\
                "outage":{"cause":"lost","since":"2026-11-28T15:59:00Z"},\
                "since":"2026-11-20T00:00:00Z",\
                "periods":[{"asked":{"from":"2026-11-01T00:00:00Z","to":"2026-12-01T00:00:00Z"},\
                "from":"2026-11-20T00:00:00Z","to":"2026-11-28T16:00:00Z",\
                "periodMs":748800000,"downtimeMs":150000,"plannedMs":60000,\
                "rawPercent":99.97996794871794,"contractualPercent":99.98798076923077,\
                "outages":[{"from":"2026-11-21T00:00:00Z","to":"2026-11-21T00:01:30Z",\
                "ms":90000,"lasts":false,"why":"power"},\
                {"from":"2026-11-28T15:59:00Z","to":"2026-11-28T16:00:00Z",\
                "ms":60000,"lasts":true,"why":"lost"}]}]}""", view);
    }

    @Test
    void ofWhatNobodyKnowsNothingIsSaid() {
        String view = Uptime.view("shop", Ledger.EMPTY,
                List.of(new Period(NOW - 10, NOW)), NOW).toString();
        assertEquals("""
                {"service":"shop","up":null,"outage":null,"since":null,"periods":[{\
                "asked":{"from":"2026-11-28T15:59:59.990Z","to":"2026-11-28T16:00:00Z"},\
                "from":"2026-11-28T16:00:00Z","to":"2026-11-28T16:00:00Z","periodMs":0,\
                "downtimeMs":0,"plannedMs":0,"rawPercent":null,"contractualPercent":null,\
                "outages":[]}]}""", view);
    }
}
