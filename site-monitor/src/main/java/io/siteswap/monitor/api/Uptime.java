package io.siteswap.monitor.api;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.siteswap.monitor.api.ApiServer.Refusal;
import io.siteswap.monitor.quorum.Availability;
import io.siteswap.monitor.quorum.Ledger;
import io.siteswap.monitor.quorum.Ledger.Span;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How much of a period a service could be used, as its ledger has it. Times are ISO-8601, UTC. */
final class Uptime {

    private final ApiServer api;

    Uptime(ApiServer api) {
        this.api = api;
    }

    /** From the first ms to the first that does not belong to it, since 1970. */
    record Period(long from, long to) {
    }

    void routes(JavalinConfig config) {
        config.routes.get("/api/availability/{service}", this::availability);
    }

    private void availability(Context ctx) {
        String name = ctx.pathParam("service");
        Ledger ledger = api.service(name).ledger();
        long now = System.currentTimeMillis();
        List<Period> periods = periods(asked(ctx, "from"), asked(ctx, "to"), ledger.since(), now);
        ApiServer.answer(ctx, view(name, ledger, periods, now));
    }

    private static Optional<String> asked(Context ctx, String key) {
        return Optional.ofNullable(ctx.queryParam(key)).filter(it -> !it.isEmpty());
    }

    /**
     * What is asked for; the current month and year when nothing is. One end alone: from the
     * ledger's beginning, or until now.
     */
    static List<Period> periods(Optional<String> from, Optional<String> to, long since, long now) {
        if (from.isEmpty() && to.isEmpty()) {
            LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(now), ZoneOffset.UTC);
            LocalDate month = today.withDayOfMonth(1);
            LocalDate year = today.withDayOfYear(1);
            return List.of(new Period(midnight(month), midnight(month.plusMonths(1))),
                    new Period(midnight(year), midnight(year.plusYears(1))));
        }
        long end = to.map(it -> moment("to", it)).orElse(now);
        // Before the ledger's beginning there is a period all the same, of which nothing is known.
        Period period = new Period(from.map(it -> moment("from", it))
                .orElse(Math.min(since, end - 1)), end);
        if (period.from() >= period.to()) {
            throw new Refusal(HttpStatus.BAD_REQUEST, "The period must begin before it ends, but "
                    + iso(period.from()) + " is not before " + iso(period.to()) + ".");
        }
        return List.of(period);
    }

    private static long moment(String key, String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text).toEpochMilli()
                    : midnight(LocalDate.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            throw new Refusal(HttpStatus.BAD_REQUEST, "'" + key + "' must be a date such as"
                    + " 2026-11-01 or a moment such as 2026-11-01T08:30:00Z, not '" + text + "'.");
        }
    }

    private static long midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    static ObjectNode view(String service, Ledger ledger, List<Period> periods, long now) {
        ObjectNode view = Json.object().put("service", service);
        now(view, ledger);
        if (ledger.empty()) {
            view.putNull("since");
        } else {
            view.put("since", iso(ledger.since()));
        }
        ArrayNode all = view.putArray("periods");
        periods.forEach(it -> all.add(period(it,
                Availability.of(ledger, it.from(), it.to(), now), ledger)));
        return view;
    }

    /** Can the service be used now? Null while nothing is known. The outage that lasts, or null. */
    static void now(ObjectNode view, Ledger ledger) {
        if (ledger.empty()) {
            view.putNull("up");
        } else {
            view.put("up", ledger.up());
        }
        ledger.outage().ifPresentOrElse(it -> view.putObject("outage").put("cause", it.why())
                .put("since", iso(it.from())), () -> view.putNull("outage"));
    }

    /** Percentages are null for a period of which nothing is known. */
    private static ObjectNode period(Period asked, Availability counted, Ledger ledger) {
        ObjectNode view = Json.object();
        view.putObject("asked").put("from", iso(asked.from())).put("to", iso(asked.to()));
        view.put("from", iso(counted.from())).put("to", iso(counted.to()));
        view.put("periodMs", counted.period()).put("downtimeMs", counted.downtime())
                .put("plannedMs", counted.planned());
        if (counted.period() == 0) {
            view.putNull("rawPercent").putNull("contractualPercent");
        } else {
            view.put("rawPercent", counted.raw())
                    .put("contractualPercent", counted.contractual());
        }
        ArrayNode outages = view.putArray("outages");
        counted.outages().forEach(it -> outages.add(outage(it, counted, ledger)));
        return view;
    }

    /** An outage that lasts beyond the period, or still, ends with what is counted of it. */
    private static ObjectNode outage(Span outage, Availability counted, Ledger ledger) {
        boolean lasts = ledger.outage()
                .filter(it -> Math.max(it.from(), counted.from()) == outage.from()).isPresent();
        return Json.object().put("from", iso(outage.from())).put("to", iso(outage.to()))
                .put("ms", outage.to() - outage.from()).put("lasts", lasts)
                .put("why", outage.why());
    }

    private static String iso(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
