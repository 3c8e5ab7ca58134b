package io.siteswap.monitor.app;

import io.siteswap.monitor.app.ApiClient.Answer;
import io.siteswap.monitor.app.Siteswap.Unusable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code siteswap availability}: how much of a period a service could be used, and the outages. */
@Command(name = "availability", mixinStandardHelpOptions = true, description = "Show how much of a period a service could be used, and each outage. Default: the current month and the current year. Times are UTC.")
final class AvailabilityCommand implements Callable<Integer> {

    /** A tenth of a second in a day. */
    private static final int DECIMALS = 4;
    private static final int END_OF_TIME = 9999;

    @Mixin
    private ApiClient api = new ApiClient();
    @Parameters(paramLabel = "SERVICE")
    private String service = "";
    @Option(names = "--month", paramLabel = "YYYY-MM", description = "This month.")
    private String month = "";
    @Option(names = "--year", paramLabel = "YYYY", description = "This year.")
    private String year = "";
    @Option(names = "--from", paramLabel = "TIME", description = "From this date or moment (2026-11-01, 2026-11-01T08:30:00Z). Default: as long as anything is known.")
    private String from = "";
    @Option(names = "--to", paramLabel = "TIME", description = "Until this date or moment, which does not belong to it any more. Default: now.")
    private String to = "";
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Answer answer = api.get("/api/availability/" + ApiClient.word(service) + query());
        JsonNode body = answer.good();
        (api.json() ? List.of(answer.text()) : lines(body))
                .forEach(spec.commandLine().getOut()::println);
        return 0;
    }

    private String query() {
        long ways = Stream.of(month, year, from + to).filter(it -> !it.isEmpty()).count();
        if (ways > 1) {
            throw new Unusable("expected one of --month, --year, or --from and --to");
        }
        if (!month.isEmpty()) {
            return months(month(), 1);
        }
        if (!year.isEmpty()) {
            return months(year(), 12);
        }
        return query(from, to);
    }

    private static String months(YearMonth first, int months) {
        return query(first.atDay(1).toString(), first.plusMonths(months).atDay(1).toString());
    }

    private static String query(String from, String to) {
        return "?from=" + ApiClient.word(from) + "&to=" + ApiClient.word(to);
    }

    private YearMonth month() {
        try {
            return fourDigits(YearMonth.parse(month));
        } catch (DateTimeException e) {
            throw new Unusable("--month must be like 2026-11, but is '" + month + "'", e);
        }
    }

    private YearMonth year() {
        try {
            return fourDigits(Year.parse(year).atMonth(1));
        } catch (DateTimeException e) {
            throw new Unusable("--year must be like 2026, but is '" + year + "'", e);
        }
    }

    private static YearMonth fourDigits(YearMonth month) {
        if (month.getYear() < 0 || month.getYear() >= END_OF_TIME) {
            throw new DateTimeException("no year of four digits");
        }
        return month;
    }

    static List<String> lines(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        lines.add(now(answer));
        if (!answer.path("since").isNull()) {
            lines.add("the ledger begins at " + answer.path("since").asString());
        }
        lines.add("raw = (period - downtime) / period; contractual leaves out the downtime in"
                + " maintenance");
        answer.path("periods").forEach(period -> {
            lines.add("");
            lines.addAll(period(period));
        });
        return lines;
    }

    private static String now(JsonNode answer) {
        String service = answer.path("service").asString();
        if (answer.path("since").isNull()) {
            return service + " has not been usable yet, as far as is known; nothing counts before";
        }
        JsonNode outage = answer.path("outage");
        return outage.isObject() ? Printed.outage(service, outage) : service + " can be used";
    }

    private static List<String> period(JsonNode period) {
        List<String> lines = new ArrayList<>();
        JsonNode asked = period.path("asked");
        lines.add(asked.path("from").asString() + " to " + asked.path("to").asString());
        long length = period.path("periodMs").asLong();
        if (length == 0) {
            lines.add("  nothing is known of this time");
            return lines;
        }
        if (!asked.path("from").equals(period.path("from"))
                || !asked.path("to").equals(period.path("to"))) {
            lines.add("  of which counts " + period.path("from").asString() + " to "
                    + period.path("to").asString());
        }
        long downtime = period.path("downtimeMs").asLong();
        long planned = period.path("plannedMs").asLong();
        lines.add(figure("raw", period.path("rawPercent"), length, downtime));
        lines.add(figure("contractual", period.path("contractualPercent"), length,
                downtime - planned));
        lines.addAll(outages(period.path("outages")));
        return lines;
    }

    /** Rounded down: a figure never looks better than it is. */
    private static String figure(String name, JsonNode percent, long length, long missing) {
        return String.format(Locale.ROOT, "  %-11s %s %% = (%s - %s) / %s", name,
                BigDecimal.valueOf(percent.asDouble()).setScale(DECIMALS, RoundingMode.FLOOR)
                        .toPlainString(),
                seconds(length), seconds(missing), seconds(length));
    }

    private static List<String> outages(JsonNode outages) {
        if (outages.isEmpty()) {
            return List.of("  no outage");
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("  OUTAGE FROM", "TO", "LASTED", "WHY"));
        outages.forEach(it -> rows.add(List.of("  " + it.path("from").asString(),
                it.path("lasts").asBoolean(false) ? "it lasts" : it.path("to").asString(),
                seconds(it.path("ms").asLong()), it.path("why").asString(""))));
        return Printed.table(rows);
    }

    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).toPlainString() + " s";
    }
}
