package io.siteswap.bgp.rtr.net;

import io.siteswap.bgp.rtr.OwnRoute;
import io.siteswap.bgp.rtr.RtrOptions;
import io.siteswap.bgp.rtr.RtrOptions.Cache;
import io.siteswap.bgp.rtr.Validity;
import io.siteswap.bgp.rtr.VrpTable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps validated payloads from the first cache that answers, on one thread of its own. When a
 * cache fails, its data stays until another one has sent all of its own, or until it expires.
 */
public final class RtrClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** After every cache has failed. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final RtrOptions options;
    private final RtrListener listener;
    private final Thread thread;
    private final Semaphore wake = new Semaphore(0);
    private final Map<OwnRoute, Validity> watched = new HashMap<>();
    private volatile VrpTable table = VrpTable.EMPTY;
    private volatile boolean loaded;
    private volatile boolean closed;
    private volatile Optional<Conversation> current = Optional.empty();
    private Optional<Long> expiry = Optional.empty();

    private RtrClient(RtrOptions options, RtrListener listener) {
        this.options = options;
        this.listener = listener;
        thread = Thread.ofPlatform().name("rtr").daemon().unstarted(this::run);
    }

    public static RtrClient start(RtrOptions options, RtrListener listener) {
        RtrClient client = new RtrClient(options, listener);
        client.thread.start();
        return client;
    }

    /** What is known now; without data every route is NotFound. From any thread. */
    public VrpTable validator() {
        return table;
    }

    /** From here on these routes, and no others, are watched. From any thread. */
    public void watch(Set<OwnRoute> routes) {
        synchronized (watched) {
            watched.keySet().retainAll(routes);
            routes.forEach(route -> watched.putIfAbsent(route, new Validity.NotFound()));
        }
        if (loaded) {
            judge();
        }
    }

    private void judge() {
        VrpTable now = table;
        Map<OwnRoute, Validity> changed = new HashMap<>();
        synchronized (watched) {
            watched.replaceAll((route, before) -> {
                Validity validity = now.validate(route.prefix(), route.originAs());
                if (!validity.equals(before)) {
                    changed.put(route, validity);
                }
                return validity;
            });
        }
        changed.forEach((route, validity) -> listener.validity(route, validity,
                route.says(validity)));
    }

    private void run() {
        Map<Cache, Conversation> conversations = new HashMap<>();
        int failures = 0;
        while (!closed) {
            boolean useful = false;
            for (Cache cache : options.caches()) {
                Conversation conversation = conversations.computeIfAbsent(cache,
                        c -> new Conversation(c, options.timing(), this));
                if (!closed && talk(conversation)) {
                    useful = true;
                    // From the top again: a better cache may be back.
                    break;
                }
            }
            failures = useful ? 0 : failures + 1;
            pause(useful
                    ? Duration.ofMillis(100)
                    : Duration.ofMillis(250L << Math.min(failures, 7)));
        }
    }

    /** Until the connection ends; true: it brought data. */
    private boolean talk(Conversation conversation) {
        current = Optional.of(conversation);
        try {
            int version = conversation.version();
            boolean useful = conversation.run();
            // It knows only the older version: at once again, before another cache is tried.
            return useful || (conversation.version() < version && conversation.run());
        } catch (IOException e) {
            said("RTR cache " + conversation.cache() + ": " + e.getMessage());
            return conversation.broughtData();
        } finally {
            current = Optional.empty();
        }
    }

    private void pause(Duration wanted) {
        Duration length = wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE;
        expireIfDue();
        try {
            boolean _ = wake.tryAcquire(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    boolean closed() {
        return closed;
    }

    /** True: a cache that is preferred to this one accepts connections. */
    boolean betterThan(Cache cache) {
        List<Cache> caches = options.caches();
        return caches.subList(0, caches.indexOf(cache)).stream().anyMatch(Conversation::answers);
    }

    void said(String sentence) {
        listener.said(sentence);
    }

    void committed(VrpTable next) {
        table = next;
        loaded = true;
        listener.table(next);
        judge();
    }

    void goodFor(Duration length) {
        expiry = Optional.of(System.nanoTime() + length.toNanos());
    }

    /** Nanoseconds until the data expires. */
    Optional<Long> untilExpiry() {
        return expiry.map(at -> at - System.nanoTime());
    }

    boolean expireIfDue() {
        if (untilExpiry().filter(left -> left <= 0).isEmpty()) {
            return false;
        }
        expiry = Optional.empty();
        said("The RPKI data has expired: no cache could refresh it in time.");
        committed(VrpTable.EMPTY);
        return true;
    }

    @Override
    public void close() {
        closed = true;
        wake.release();
        current.ifPresent(Conversation::close);
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
