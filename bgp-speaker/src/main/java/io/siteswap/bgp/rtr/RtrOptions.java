package io.siteswap.bgp.rtr;

import java.time.Duration;
import java.util.List;

/**
 * Where validated payloads come from.
 *
 * @param caches in order of preference; only one is used at a time
 * @param timing until a cache says otherwise; caches of version 0 never do
 */
public record RtrOptions(List<Cache> caches, Timing timing) {

    /** @param host an address, or a name that is looked up at every attempt */
    public record Cache(String host, int port) {

        @Override
        public String toString() {
            return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
        }
    }

    /**
     * RFC 8210 section 6.
     *
     * @param refresh between two questions for news
     * @param retry after a question that failed
     * @param expire data that could not be refreshed for so long is discarded
     */
    public record Timing(Duration refresh, Duration retry, Duration expire) {

        public static final Timing DEFAULT = new Timing(Duration.ofHours(1),
                Duration.ofMinutes(10), Duration.ofHours(2));

        private static final long MAX_REFRESH = 86_400;
        private static final long MAX_RETRY = 7_200;
        private static final long MIN_EXPIRE = 600;
        private static final long MAX_EXPIRE = 172_800;

        /** What a cache asks for, brought into the bounds of the RFC; unsigned seconds. */
        static Timing of(long refresh, long retry, long expire) {
            long boundRefresh = Math.clamp(refresh, 1, MAX_REFRESH);
            long boundRetry = Math.clamp(retry, 1, MAX_RETRY);
            long longest = Math.max(MIN_EXPIRE, Math.max(boundRefresh, boundRetry) + 1);
            return new Timing(Duration.ofSeconds(boundRefresh), Duration.ofSeconds(boundRetry),
                    Duration.ofSeconds(Math.clamp(expire, longest, MAX_EXPIRE)));
        }
    }

    public RtrOptions {
        caches = List.copyOf(caches);
    }

    public static RtrOptions of(List<Cache> caches) {
        return new RtrOptions(caches, Timing.DEFAULT);
    }

    public RtrOptions withTiming(Timing other) {
        return new RtrOptions(caches, other);
    }
}
