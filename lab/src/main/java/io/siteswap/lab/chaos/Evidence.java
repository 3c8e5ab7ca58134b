package io.siteswap.lab.chaos;

import io.siteswap.lab.client.Spans.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When the database of a site was seen to accept writes. Unlike a run of accepted writes, which a
 * write that hangs in a stopped server would stretch over the time of the stop, this knows moments
 * only: the one at which the server executed a write and the one at which the client was told.
 * Moments close to each other make a span. Thread-safe.
 */
final class Evidence {

    /**
     * No site gives up the service and gets it back within so short a time: moments that are closer
     * belong to one tenure. Writers write every 10 ms.
     */
    static final Duration TENURE = Duration.ofMillis(250);

    private final List<Span> spans = new ArrayList<>();

    /** Moments come in any order, but nearly in theirs. */
    synchronized void add(long moment) {
        int at = spans.size();
        while (at > 0 && spans.get(at - 1).start() > moment) {
            at--;
        }
        spans.add(at, new Span(moment, moment));
        join(at);
        join(at - 1);
    }

    /** Joins the span at this place with the next when they are close. */
    private void join(int at) {
        if (at < 0 || at + 1 >= spans.size()) {
            return;
        }
        Span one = spans.get(at);
        Span next = spans.get(at + 1);
        if (next.start() - one.end() <= TENURE.toNanos()) {
            spans.set(at, new Span(one.start(), Math.max(one.end(), next.end())));
            spans.remove(at + 1);
        }
    }

    /** The spans that end after {@code since}, cut there, in order. */
    synchronized List<Span> since(long since) {
        return spans.stream().filter(span -> span.end() - since > 0)
                .map(span -> new Span(Math.max(span.start(), since), span.end())).toList();
    }

    /** The longest time between {@code from} and {@code to} in which none of them accepted a write. */
    static Duration longestPause(List<Span> any, long from, long to) {
        long reached = from;
        long longest = 0;
        for (Span span : any.stream().sorted(Comparator.comparingLong(Span::start)).toList()) {
            longest = Math.max(longest, Math.min(span.start(), to) - reached);
            reached = Math.max(reached, span.end());
        }
        return Duration.ofNanos(Math.max(longest, to - reached));
    }
}
