package io.siteswap.lab.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When a database was seen to accept writes: one span for each unbroken run of accepted writes, from
 * the start of its first to the answer of its last. Any doubt makes a span longer.
 */
public final class Spans {

    /** Both ends in nanoseconds of one clock. */
    public record Span(long start, long end) {
    }

    private final List<Span> over = new ArrayList<>();
    private long start;
    private long end;
    private boolean running;

    /** A write that was sent at {@code sent} and acknowledged at {@code answered}. */
    public synchronized void accepted(long sent, long answered) {
        if (!running) {
            running = true;
            start = sent;
        }
        end = answered;
    }

    /** A write that was refused or got no answer. */
    public synchronized void refused() {
        if (running) {
            over.add(new Span(start, end));
            running = false;
        }
    }

    public synchronized List<Span> all() {
        List<Span> all = new ArrayList<>(over);
        if (running) {
            all.add(new Span(start, end));
        }
        return all;
    }

    /** How long both accepted writes at the same time. */
    public static Duration overlap(Spans one, Spans other) {
        return overlap(one.all(), other.all());
    }

    /** How long both accepted writes at the same time. */
    public static Duration overlap(List<Span> one, List<Span> other) {
        long nanos = 0;
        for (Span a : one) {
            for (Span b : other) {
                nanos += Math.max(0,
                        Math.min(a.end(), b.end()) - Math.max(a.start(), b.start()));
            }
        }
        return Duration.ofNanos(nanos);
    }
}
