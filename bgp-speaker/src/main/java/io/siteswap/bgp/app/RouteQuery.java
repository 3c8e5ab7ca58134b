package io.siteswap.bgp.app;

import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import java.util.List;
import java.util.Optional;

/**
 * Which received routes are wanted.
 *
 * @param prefix this one, and with {@code longer} also the ones inside it; absent: all
 * @param neighbor only what this neighbour announces
 * @param best only the best route of each prefix
 * @param limit at most so many prefixes in one answer
 * @param from where to go on, from the answer before
 */
public record RouteQuery(Optional<Prefix> prefix, boolean longer, Optional<String> neighbor,
        boolean best, int limit, Cursor from) {

    public static final int MAX_LIMIT = 10_000;
    public static final int DEFAULT_LIMIT = 1_000;

    /** All of everything, from the start. */
    public static final RouteQuery ALL = new RouteQuery(Optional.empty(), true, Optional.empty(),
            false, DEFAULT_LIMIT, Cursor.START);

    /** @param next where to go on; absent: that was all */
    public record Page(List<RouteView> routes, Optional<String> next) {
    }

    /** A place in the tables; in text {@code 0:1234}. */
    public record Cursor(Family family, int index) {

        static final Cursor START = new Cursor(Family.IPV4_UNICAST, 0);

        /** @throws IllegalArgumentException with a sentence */
        static Cursor parse(String text) {
            String[] parts = text.split(":", -1);
            if (parts.length == 2 && parts[0].matches("4|6") && parts[1].matches("[0-9]{1,9}")) {
                return new Cursor(
                        parts[0].equals("4") ? Family.IPV4_UNICAST : Family.IPV6_UNICAST,
                        Integer.parseInt(parts[1]));
            }
            throw new IllegalArgumentException("'" + text
                    + "' is not where an answer ended: copy 'next' from the answer before.");
        }

        @Override
        public String toString() {
            return (family == Family.IPV4_UNICAST ? "4:" : "6:") + index;
        }
    }

    /** @throws IllegalArgumentException with a sentence */
    public RouteQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "The limit must be between 1 and " + MAX_LIMIT + ", not " + limit + ".");
        }
    }

    RouteQuery from(Cursor cursor) {
        return new RouteQuery(prefix, longer, neighbor, best, limit, cursor);
    }

    /** Whether a prefix is one of those asked for. */
    boolean wants(Prefix candidate) {
        return prefix.map(p -> longer ? candidate.inside(p) : candidate.equals(p)).orElse(true);
    }
}
