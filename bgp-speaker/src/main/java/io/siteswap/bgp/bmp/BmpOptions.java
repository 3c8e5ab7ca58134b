package io.siteswap.bgp.bmp;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who is told what.
 *
 * @param name of this router (sysName)
 * @param description of this router (sysDescr)
 * @param views what is reported; at least one
 * @param queueOctets what waits for one collector at most; beyond, its connection is dropped and
 * begun anew, so that a slow collector costs no session anything
 * @param statistics pause between two reports of counters on a neighbour
 * @param shortestPause before the first new attempt; doubles up to {@code longestPause}
 */
public record BmpOptions(List<Collector> collectors, String name, String description,
        Set<View> views, int queueOctets, Duration shortestPause, Duration longestPause,
        Duration statistics) {

    /** @param host an address, or a name that is looked up at every attempt */
    public record Collector(String host, int port) {

        @Override
        public String toString() {
            return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
        }
    }

    private static final int QUEUE_OCTETS = 64 << 20;
    /** Often enough for a graph, and a hundred octets for each neighbour. */
    private static final Duration STATISTICS = Duration.ofSeconds(60);

    public BmpOptions {
        collectors = List.copyOf(collectors);
        views = Set.copyOf(views);
        if (views.isEmpty()) {
            throw new IllegalArgumentException("BMP without a view would report nothing.");
        }
    }

    /** What neighbours sent, before any filter. Pauses as RFC 7854 section 3.2 advises. */
    public static BmpOptions of(String name, List<Collector> collectors) {
        return new BmpOptions(collectors, name, "Siteswap BGP speaker",
                EnumSet.of(View.ADJ_IN_PRE), QUEUE_OCTETS, Duration.ofSeconds(30),
                Duration.ofMinutes(12), STATISTICS);
    }

    public BmpOptions withViews(Set<View> other) {
        return new BmpOptions(collectors, name, description, other, queueOctets, shortestPause,
                longestPause, statistics);
    }

    public BmpOptions withQueue(int octets) {
        return new BmpOptions(collectors, name, description, views, octets, shortestPause,
                longestPause, statistics);
    }

    public BmpOptions withPauses(Duration shortest, Duration longest) {
        return new BmpOptions(collectors, name, description, views, queueOctets, shortest,
                longest, statistics);
    }

    public BmpOptions withStatistics(Duration every) {
        return new BmpOptions(collectors, name, description, views, queueOctets, shortestPause,
                longestPause, every);
    }
}
