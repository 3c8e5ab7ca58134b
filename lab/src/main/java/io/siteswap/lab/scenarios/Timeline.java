package io.siteswap.lab.scenarios;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** What happened when, as seen from outside; printed as it happens. Thread-safe. */
public final class Timeline {

    /** @param nanos on this JVM's monotonic clock; every watcher is a thread of this JVM */
    public record Entry(long nanos, String source, String kind, String text) {
    }

    private final List<Entry> entries = new ArrayList<>();
    private final PrintStream out;
    private long zero = System.nanoTime();

    /** @param out where it is printed live */
    public Timeline(PrintStream out) {
        this.out = out;
    }

    /** From here on times are relative to now. */
    public synchronized void startOver(String text) {
        zero = System.nanoTime();
        add("lab", "fault", text);
    }

    public synchronized void add(String source, String kind, String text) {
        var entry = new Entry(System.nanoTime(), source, kind, text);
        entries.add(entry);
        out.println(String.format(Locale.ROOT, "%+9.3f s  %-8s %-11s %s",
                (entry.nanos() - zero) / 1e9, source, kind, text));
        notifyAll();
    }

    /** Nanoseconds of the moment the story broke something. */
    public synchronized long zero() {
        return zero;
    }

    /** Milliseconds after {@link #zero} of the first such entry. */
    public synchronized OptionalLong firstMillis(Predicate<Entry> which) {
        return entries.stream().filter(entry -> entry.nanos() >= zero).filter(which)
                .mapToLong(entry -> (entry.nanos() - zero) / 1_000_000).findFirst();
    }

    /**
     * How long, between two moments, the newest entry of this kind began with {@code words}; before
     * the first entry it did not.
     */
    public synchronized Duration lasted(String kind, String words, long from, long to) {
        return lasted(entries, kind, words, from, to);
    }

    static Duration lasted(List<Entry> entries, String kind, String words, long from, long to) {
        long nanos = 0;
        long since = to;
        for (Entry entry : entries) {
            if (entry.kind().equals(kind) && entry.nanos() < to) {
                nanos += Math.max(0, entry.nanos() - since);
                // What began before the first moment counts from there on.
                since = entry.text().startsWith(words) ? Math.max(from, entry.nanos()) : to;
            }
        }
        return Duration.ofNanos(nanos + to - since);
    }

    /** Waits for such an entry after {@link #zero}; false when it did not come in time. */
    synchronized boolean await(Predicate<Entry> which, Duration patience)
            throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        while (firstMillis(which).isEmpty()) {
            var left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
