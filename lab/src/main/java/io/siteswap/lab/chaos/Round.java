package io.siteswap.lab.chaos;

import io.siteswap.lab.client.Spans;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * One round: faults, their end, an operator who puts back what only an operator may, and the
 * verdict.
 */
final class Round {

    /** By then everything is as it should be, on a slow machine too. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CALM = Duration.ofSeconds(1);
    /** A standby that has not begun to follow by then is rebuilt. */
    private static final Duration FOLLOWS_BY_ITSELF = Duration.ofSeconds(4);
    private static final Duration RESYNC_AGAIN = Duration.ofSeconds(30);

    private final Arena arena;
    private final long seed;
    private final int number;
    private final List<String> wrong = new ArrayList<>();
    private boolean resynced;
    private String missing = "";

    Round(Arena arena, long seed, int number) {
        this.arena = arena;
        this.seed = seed;
        this.number = number;
    }

    RoundReport play() throws IOException {
        String before = arena.active();
        long epoch = epoch();
        List<Act> acts = Draw.round(seed, number, before);
        arena.timeline().startOver("round " + number + ": "
                + String.join("; ", acts.stream().map(Act::toString).toList()));
        long start = arena.timeline().zero();
        inject(acts, start);
        boolean back = recover();
        long end = System.nanoTime();
        if (!back) {
            wrong.add("not as it should be after " + PATIENCE.toSeconds() + " s: " + missing);
        }
        return judge(acts, before, epoch, start, end);
    }

    /** Waits, before the first round too, until one site serves and the other stands by. */
    boolean recover() throws IOException {
        long start = System.nanoTime();
        long settledSince = start;
        long resyncAt = Long.MIN_VALUE;
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            String holder = settled();
            long now = System.nanoTime();
            if (holder.isEmpty()) {
                settledSince = now;
            } else if (arena.watch().follows(other(holder), holder)) {
                if (announced(holder, settledSince)) {
                    acknowledge();
                    return true;
                }
            } else {
                missing = "the database of " + other(holder) + " follows";
                if (now - settledSince > FOLLOWS_BY_ITSELF.toNanos()
                        && (resyncAt == Long.MIN_VALUE
                                || now - resyncAt > RESYNC_AGAIN.toNanos())) {
                    resync(other(holder));
                    resyncAt = now;
                }
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return false;
    }

    /** The site that holds the service and whose database alone takes writes, or empty. */
    private String settled() throws IOException {
        String holder = arena.cluster().settledHolder();
        if (holder.isEmpty()) {
            missing = "a site holds the ticket, and no transition runs";
            return "";
        }
        if (!arena.active().equals(holder)) {
            missing = "the database of " + holder + " takes writes, and only that one";
            return "";
        }
        return holder;
    }

    private boolean announced(String holder, long settledSince) throws IOException {
        if (!arena.watch().routedTo(holder)) {
            missing = "traffic goes to " + holder;
            return false;
        }
        if (!arena.watch().bothAnnounced()) {
            missing = "both sites announce";
            return false;
        }
        missing = "customers' orders are acknowledged";
        long since = Math.max(settledSince, System.nanoTime() - CALM.toNanos());
        return arena.orders().flowing(since);
    }

    private void resync(String site) {
        arena.timeline().add("lab", "resync", "an operator rebuilds the database of " + site);
        resynced = true;
        operator("resync", Map.of("site", site, "operator", "chaos"));
    }

    private void acknowledge() throws IOException {
        if (arena.cluster().service().path("blocked").isString()) {
            operator("ack", Map.of("operator", "chaos"));
        }
    }

    // Refused, or not heard: it is tried again later, or shows as what is missing.
    private void operator(String what, Map<String, Object> body) {
        try {
            arena.cluster().command(what, body);
        } catch (IOException e) {
            arena.timeline().add("lab", "refused", String.valueOf(e.getMessage()));
        }
    }

    private static String other(String site) {
        return site.equals("dc1") ? "dc2" : "dc1";
    }

    private long epoch() throws IOException {
        return arena.cluster().service().path("epoch").asLong(0);
    }

    /** Returns when the last fault is taken back. */
    private void inject(List<Act> acts, long start) throws IOException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Act>> all = acts.stream().map(act -> threads.submit(() -> {
                sleepUntil(start + act.at().toNanos());
                act.fault().begin().on(arena);
                arena.timeline().add("lab", "fault", act.fault().toString());
                sleepUntil(start + act.end().toNanos());
                act.fault().end().on(arena);
                arena.timeline().add("lab", "healed", act.fault().toString());
                return act;
            })).toList();
            for (Future<Act> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("the lab could not do what round " + number + " asks for: "
                    + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void sleepUntil(long moment) {
        for (long left = moment - System.nanoTime(); left > 0; left = moment
                - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private RoundReport judge(List<Act> acts, String before, long epoch, long start, long end)
            throws IOException {
        List<Spans.Span> dc1 = arena.witness("dc1").evidence().since(start);
        List<Spans.Span> dc2 = arena.witness("dc2").evidence().since(start);
        Duration both = Spans.overlap(dc1, dc2);
        Duration noRoute = arena.timeline().lasted("route", "no route", start, end);
        String after = arena.active();
        int lost = after.isEmpty() ? 0 : arena.lost(after);
        boolean excused = acts.size() > 1;
        if (!both.isZero()) {
            wrong.add("both databases took writes for " + both.toMillis() + " ms");
        }
        if (!noRoute.isZero()) {
            wrong.add("no route to the prefix for " + noRoute.toMillis() + " ms");
        }
        if (lost > 0 && !excused) {
            wrong.add(lost + " acknowledged orders are not in the database of " + after);
        }
        List<Spans.Span> any = new ArrayList<>(dc1);
        any.addAll(dc2);
        return new RoundReport(number, seed, acts, before, after, epoch() - epoch, both, noRoute,
                Evidence.longestPause(any, start, end), arena.timeline()
                        .firstMillis(entry -> entry.kind().equals("decision")).stream()
                        .mapToObj(Duration::ofMillis).findFirst(),
                Duration.ofNanos(end - start), lost, excused, resynced, wrong);
    }

}
