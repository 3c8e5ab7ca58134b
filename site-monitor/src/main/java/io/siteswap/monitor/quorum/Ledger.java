package io.siteswap.monitor.quorum;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a service could be used, and when somebody worked on it: what its availability is counted
 * from. Times are ms since 1970 by the wall clock of whoever wrote them down; they never go back,
 * whatever that clock did.
 *
 * @param since nothing is known before; 0 while nothing is known at all
 * @param last the newest time written down
 * @param outage the one that lasts
 * @param outages those that are over, oldest first
 * @param work the maintenance of the whole service that lasts
 * @param works those that are over, oldest first
 */
public record Ledger(long since, long last, Optional<Span> outage, List<Span> outages,
        Optional<Span> work, List<Span> works) {

    /** Older ones are forgotten, and the ledger then begins after them. */
    static final int KEPT = 1000;

    public static final Ledger EMPTY = new Ledger(0, 0, Optional.empty(), List.of(),
            Optional.empty(), List.of());

    public Ledger {
        outages = List.copyOf(outages);
        works = List.copyOf(works);
    }

    /**
     * From when until when, and why.
     *
     * @param to {@link #LASTS} while it is not over
     */
    public record Span(long from, long to, String why) {
        public static final long LASTS = Long.MAX_VALUE;

        static Span begun(long at, String why) {
            return new Span(at, LASTS, why);
        }

        Span ended(long at) {
            return new Span(from, at, why);
        }
    }

    /** Has anybody said yet that the service can be used? */
    public boolean empty() {
        return since == 0;
    }

    /** The service can be used, as far as is known. */
    public boolean up() {
        return !empty() && outage.isEmpty();
    }

    /** The service turned usable or unusable; before the first time that it is, nothing counts. */
    Ledger served(boolean up, String cause, long when) {
        long at = Math.max(when, last);
        if (empty()) {
            return up
                    ? new Ledger(at, at, Optional.empty(), List.of(), work, works)
                    : this;
        }
        if (up == up()) {
            return this;
        }
        return up
                ? forgetful(since, at, Optional.empty(), and(outages, outage.get().ended(at)),
                        work, works)
                : new Ledger(since, at, Optional.of(Span.begun(at, cause)), outages, work, works);
    }

    /** Somebody begins to work on the service, or goes on for another reason. */
    Ledger worked(String why, long when) {
        long at = Math.max(when, last);
        Ledger before = rested(at);
        return new Ledger(before.since, at, outage, before.outages,
                Optional.of(Span.begun(at, why)), before.works);
    }

    /** Nobody works on the service any more. */
    Ledger rested(long when) {
        long at = Math.max(when, last);
        return work.map(it -> forgetful(since, at, outage, outages, Optional.empty(),
                and(works, it.ended(at)))).orElse(this);
    }

    private static Ledger forgetful(long since, long last, Optional<Span> outage,
            List<Span> outages, Optional<Span> work, List<Span> works) {
        // One that has not begun yet does not begin with what it forgets.
        long from = since == 0
                ? 0
                : Math.max(since, Math.max(forgotten(outages), forgotten(works)));
        return new Ledger(from, last, outage, newest(outages), work, newest(works));
    }

    /** The end of the youngest that is too many; 0 when none is. */
    private static long forgotten(List<Span> spans) {
        return spans.size() <= KEPT ? 0 : spans.get(spans.size() - KEPT - 1).to();
    }

    private static List<Span> newest(List<Span> spans) {
        return spans.subList(Math.max(0, spans.size() - KEPT), spans.size());
    }

    private static List<Span> and(List<Span> spans, Span one) {
        List<Span> all = new ArrayList<>(spans);
        all.add(one);
        return all;
    }
}
