package io.siteswap.monitor.quorum;

import io.siteswap.monitor.quorum.Ledger.Span;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much of a period a service could be used. All times in ms.
 *
 * @param from first moment that counts: the ledger may begin later than the period asked for
 * @param to first moment that does not
 * @param downtime sum of the outages
 * @param planned the part of it that lies in maintenance of the service
 * @param outages those that touch the period, cut to it
 */
public record Availability(long from, long to, long downtime, long planned,
        List<Span> outages) {

    private static final double PERCENT = 100;

    public Availability {
        outages = List.copyOf(outages);
    }

    /** @param now nothing is known of the time after */
    public static Availability of(Ledger ledger, long from, long to, long now) {
        long first = Math.max(from, ledger.since());
        long last = Math.max(first, Math.min(to, Math.max(now, ledger.last())));
        if (ledger.empty()) {
            return new Availability(last, last, 0, 0, List.of());
        }
        List<Span> outages = within(Stream.concat(ledger.outages().stream(),
                ledger.outage().stream()), first, last);
        List<Span> works = within(Stream.concat(ledger.works().stream(),
                ledger.work().stream()), first, last);
        long planned = outages.stream().mapToLong(outage -> works.stream()
                .mapToLong(work -> overlap(outage, work)).sum()).sum();
        return new Availability(first, last, outages.stream()
                .mapToLong(it -> it.to() - it.from()).sum(), planned, outages);
    }

    public long period() {
        return to - from;
    }

    /** (period - downtime) / period, in percent; 100 for a period without length. */
    public double raw() {
        return percent(downtime);
    }

    /** (period - (downtime - planned)) / period, in percent. */
    public double contractual() {
        return percent(downtime - planned);
    }

    private double percent(long missing) {
        return period() == 0 ? PERCENT : PERCENT * (period() - missing) / period();
    }

    private static List<Span> within(Stream<Span> spans, long from, long to) {
        return spans.filter(it -> it.from() < to && it.to() > from)
                .map(it -> new Span(Math.max(it.from(), from), Math.min(it.to(), to), it.why()))
                .toList();
    }

    private static long overlap(Span one, Span other) {
        return Math.max(0,
                Math.min(one.to(), other.to()) - Math.max(one.from(), other.from()));
    }
}
