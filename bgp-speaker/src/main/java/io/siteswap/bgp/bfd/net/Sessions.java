package io.siteswap.bgp.bfd.net;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who is watched. The lower bits of a discriminator are an index, the others random, so that
 * finding a session neither hashes nor allocates.
 */
final class Sessions {

    private static final int INDEX_BITS = 12;

    /** More neighbours than any edge router has. */
    static final int MAX = 1 << INDEX_BITS;

    private final List<Watched> all = new ArrayList<>();
    private final @Nullable Watched[] byIndex = new @Nullable Watched[MAX];
    private final Map<Endpoint, Watched> byEndpoint = new HashMap<>();
    private final Map<String, Watched> byKey = new HashMap<>();

    int size() {
        return all.size();
    }

    Watched at(int i) {
        return all.get(i);
    }

    /** Null: nobody's. On the path of every packet, hence no Optional. */
    @Nullable
    Watched find(int discriminator) {
        Watched watched = byIndex[discriminator & (MAX - 1)];
        return watched != null && watched.discriminator() == discriminator ? watched : null;
    }

    Optional<Watched> of(Endpoint endpoint) {
        return Optional.ofNullable(byEndpoint.get(endpoint));
    }

    Optional<Watched> of(String key) {
        return Optional.ofNullable(byKey.get(key)).filter(w -> !w.leaving());
    }

    /** Unique and never 0; empty: there are too many sessions. */
    Optional<Integer> freeDiscriminator(RandomGenerator random) {
        for (int index = 0; index < MAX; index++) {
            if (byIndex[index] == null) {
                return Optional.of(random.nextInt(1, 1 << (32 - INDEX_BITS)) << INDEX_BITS
                        | index);
            }
        }
        return Optional.empty();
    }

    void add(Watched watched) {
        all.add(watched);
        byIndex[watched.discriminator() & (MAX - 1)] = watched;
        byEndpoint.put(watched.remote(), watched);
        byKey.put(watched.key(), watched);
    }

    void remove(Watched watched) {
        all.remove(watched);
        byIndex[watched.discriminator() & (MAX - 1)] = null;
        byEndpoint.remove(watched.remote(), watched);
        byKey.remove(watched.key(), watched);
        watched.close();
    }

    void forgetGone(long now) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).gone(now)) {
                remove(all.get(i));
            }
        }
    }

    /** Nanoseconds, of the sessions that are up. */
    long shortestDetection() {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < all.size(); i++) {
            Watched watched = all.get(i);
            if (watched.up()) {
                shortest = Math.min(shortest, watched.detectNanos());
            }
        }
        return shortest;
    }

    List<SessionView> views() {
        return all.stream().filter(w -> !w.leaving()).map(Watched::view).toList();
    }

    /** A last word to every neighbour, so that it does not take this for a failure. */
    void closeAll() {
        long now = System.nanoTime();
        for (Watched watched : List.copyOf(all)) {
            if (!watched.leaving()) {
                watched.leave(now);
            }
            remove(watched);
        }
    }
}
