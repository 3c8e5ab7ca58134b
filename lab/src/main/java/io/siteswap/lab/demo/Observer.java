package io.siteswap.lab.demo;

import io.siteswap.lab.demo.Layout.Place;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Everything seen from outside, with the time at which it was seen here: events that monitors
 * publish, best paths that the Internet reports, and what the writers and the client get through.
 */
final class Observer implements AutoCloseable {
    private static final Duration RETRY = Duration.ofMillis(100);

    /**
     * @param who node, {@code internet}, {@code writer} or {@code client}
     * @param kind a monitor's kind of event, or {@code route}, {@code promoted}, {@code ack}
     * @param text a monitor's text, or the site that it is about
     */
    record Seen(long at, String who, String kind, String text) {
    }

    private final List<Seen> all = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<Place, MonitorApi> monitors = new EnumMap<>(Place.class);
    private final List<Thread> threads = new ArrayList<>();
    private final Consumer<Seen> live;
    private volatile boolean closed;

    /** @param live told everything that is worth a line, as it is seen */
    Observer(Layout layout, Consumer<Seen> live) {
        this.live = live;
        Layout.SITES.forEach(site -> monitors.put(site, new MonitorApi(layout.api(site))));
    }

    MonitorApi monitor(Place site) {
        return Optional.ofNullable(monitors.get(site)).orElseThrow();
    }

    /** Follows the events of all monitors from now on. */
    void follow() {
        monitors.forEach((site, api) -> threads.add(Thread.ofPlatform().daemon()
                .name("events of " + site.lower()).start(() -> follow(site, api))));
    }

    private void follow(Place site, MonitorApi api) {
        while (!closed) {
            try {
                api.events(event -> saw(System.nanoTime(), site.lower(),
                        event.path("kind").asString(""), event.path("text").asString("")));
            } catch (IOException down) {
                // It is not there now; it may come back.
            } catch (InterruptedException stop) {
                return;
            }
            try {
                Thread.sleep(RETRY);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    void saw(long at, String who, String kind, String text) {
        Seen seen = new Seen(at, who, kind, text);
        lock.lock();
        try {
            all.add(seen);
            news.signalAll();
        } finally {
            lock.unlock();
        }
        live.accept(seen);
    }

    /** The first that fits and was seen at or after {@code since}. */
    Optional<Seen> first(long since, Predicate<Seen> which) {
        lock.lock();
        try {
            return all.stream().filter(seen -> seen.at() >= since).filter(which).findFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for it. */
    Optional<Seen> await(long since, Predicate<Seen> which, Duration patience)
            throws InterruptedException {
        until(() -> first(since, which).isPresent(), patience);
        return first(since, which);
    }

    /** Waits until the condition holds, asked again with everything that is seen. */
    boolean until(BooleanSupplier condition, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = news.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}
