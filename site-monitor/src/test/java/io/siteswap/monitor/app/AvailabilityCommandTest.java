package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What people read of an answer about availability. */
class AvailabilityCommandTest {

    private static List<String> lines(String answer) {
        return AvailabilityCommand.lines(JsonMapper.shared().readTree(answer));
    }

    @Test
    void theFormulaBothFiguresAndEachOutageOnALine() {
        assertEquals(List.of(
                "shop CANNOT BE USED since 2026-11-28T15:59:00Z: lost",
                "the ledger begins at 2026-11-20T00:00:00Z",
                "raw = (period - downtime) / period; contractual leaves out the downtime in"
                        + " maintenance",
                "",
                "2026-11-01T00:00:00Z to 2026-12-01T00:00:00Z",
                "  of which counts 2026-11-20T00:00:00Z to 2026-11-28T16:00:00Z",
                "  raw         99.9799 % = (748800.000 s - 150.000 s) / 748800.000 s",
                "  contractual 99.9879 % = (748800.000 s - 90.000 s) / 748800.000 s",
                "  OUTAGE FROM           TO                    LASTED    WHY",
                "  2026-11-21T00:00:00Z  2026-11-21T00:01:30Z  90.000 s  power",
                "  2026-11-28T15:59:00Z  it lasts              60.000 s  lost"), lines("""
                        {"service":"shop","up":false,"since":"2026-11-20T00:00:00Z",
                         "outage":{"cause":"lost","since":"2026-11-28T15:59:00Z"},
                         "periods":[{
                          "asked":{"from":"2026-11-01T00:00:00Z","to":"2026-12-01T00:00:00Z"},
                          "from":"2026-11-20T00:00:00Z","to":"2026-11-28T16:00:00Z",
                          "periodMs":748800000,"downtimeMs":150000,"plannedMs":60000,
                          "rawPercent":99.97996794871794,"contractualPercent":99.98798076923077,
                          "outages":[
                           {"from":"2026-11-21T00:00:00Z","to":"2026-11-21T00:01:30Z","ms":90000,
                            "lasts":false,"why":"power"},
                           {"from":"2026-11-28T15:59:00Z","to":"2026-11-28T16:00:00Z","ms":60000,
                            "lasts":true,"why":"lost"}]}]}"""));
    }

    /** Before anybody is asked: the address is nobody's. */
    @Test
    void aYearOrMonthThatIsNoneIsRefusedWithAnExample() {
        for (String[] wrong : new String[][]{{"--year", "+999999999"}, {"--year", "-5"},
                {"--year", "last"}, {"--month", "2026-13"}, {"--month", "+12026-01"}}) {
            StringWriter said = new StringWriter();
            assertEquals(Siteswap.UNUSABLE, Siteswap.commandLine().setErr(new PrintWriter(said))
                    .execute("availability", "shop", "--api", "127.0.0.1:1", wrong[0], wrong[1]));
            assertTrue(said.toString().contains(wrong[0] + " must be like 2026")
                    && said.toString().contains("'" + wrong[1] + "'"), said.toString());
        }
    }

    @Test
    void aFigureNeverLooksBetterThanItIs() {
        assertEquals(List.of("shop can be used",
                "the ledger begins at 2026-01-01T00:00:00Z",
                "raw = (period - downtime) / period; contractual leaves out the downtime in"
                        + " maintenance",
                "", "2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z",
                "  raw         99.9999 % = (31536000.000 s - 0.002 s) / 31536000.000 s",
                "  contractual 100.0000 % = (31536000.000 s - 0.000 s) / 31536000.000 s",
                "  no outage"), lines("""
                        {"service":"shop","up":true,"since":"2026-01-01T00:00:00Z","outage":null,
                         "periods":[{
                          "asked":{"from":"2026-01-01T00:00:00Z","to":"2027-01-01T00:00:00Z"},
                          "from":"2026-01-01T00:00:00Z","to":"2027-01-01T00:00:00Z",
                          "periodMs":31536000000,"downtimeMs":2,"plannedMs":2,
                          "rawPercent":99.9999999937,"contractualPercent":100.0,
                          "outages":[]}]}"""));
    }

    @Test
    void aServiceThatNobodyHasSeenServingHasNoFigures() {
        assertEquals(List.of("shop has not been usable yet, as far as is known; nothing counts"
                + " before",
                "raw = (period - downtime) / period; contractual leaves out the downtime in"
                        + " maintenance",
                "", "2026-11-01T00:00:00Z to 2026-12-01T00:00:00Z",
                "  nothing is known of this time"), lines("""
                        {"service":"shop","up":null,"since":null,"outage":null,"periods":[{
                          "asked":{"from":"2026-11-01T00:00:00Z","to":"2026-12-01T00:00:00Z"},
                          "from":"2026-11-28T16:00:00Z","to":"2026-11-28T16:00:00Z",
                          "periodMs":0,"downtimeMs":0,"plannedMs":0,"rawPercent":null,
                          "contractualPercent":null,"outages":[]}]}"""));
    }
}
