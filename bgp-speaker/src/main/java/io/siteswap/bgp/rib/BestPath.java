package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.PathFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The best of several routes to one prefix, chosen by elimination (RFC 4271 section 9.1.2.2).
 *
 * <p>
 * Elimination rather than a comparator: MED compares only routes of the same neighbouring AS, so
 * the order among routes is not transitive.
 */
public final class BestPath {

    static final long DEFAULT_LOCAL_PREF = 100;

    /** By number of the step that took a route out. */
    private static final String[] REASONS = {"best", "long-lived stale", "lower LOCAL_PREF",
            "longer AS path", "higher ORIGIN", "higher MED", "internal neighbour",
            "higher BGP identifier", "longer cluster list", "higher neighbour address",
            "higher path identifier"};

    private BestPath() {
    }

    /**
     * @param lost why each of the others is not the best
     */
    public record Choice(Route best, Map<Route, String> lost) {

        public String reason(Route route) {
            return lost.getOrDefault(route, lost.isEmpty() ? "only route" : "best");
        }
    }

    /**
     * @param routes at least one, all to the same prefix
     */
    public static Choice choose(List<Route> routes) {
        Contest contest = new Contest();
        for (int i = 0; i < routes.size(); i++) {
            contest.add(i, routes.get(i).source(), routes.get(i).attributes());
        }
        return choice(routes, contest, choose(contest));
    }

    /** Puts the outcome of a contest in words. */
    static Choice choice(List<Route> routes, Contest contest, int best) {
        Map<Route, String> lost = new HashMap<>();
        for (int i = 0; i < contest.size; i++) {
            if (i != best) {
                lost.put(routes.get(i), REASONS[contest.lostBy[i]]);
            }
        }
        lost.remove(routes.get(best));
        return new Choice(routes.get(best), Map.copyOf(lost));
    }

    /** Returns the index of the best of at least one route, and notes what the others lost by. */
    static int choose(Contest c) {
        // RFC 9494 section 4.2: stale for long is the last choice, before everything else
        long fresh = 1;
        for (int i = 0; i < c.size; i++) {
            fresh = Math.min(fresh, stale(c, i));
        }
        for (int i = 0; i < c.size; i++) {
            out(c, i, 1, stale(c, i) > fresh);
        }
        // 9.1.1: degree of preference
        long preferred = 0;
        for (int i = 0; i < c.size; i++) {
            preferred = c.lostBy[i] == 0 ? Math.max(preferred, c.localPref[i]) : preferred;
        }
        for (int i = 0; i < c.size; i++) {
            out(c, i, 2, c.localPref[i] < preferred);
        }
        // a
        int shortest = Integer.MAX_VALUE;
        for (int i = 0; i < c.size; i++) {
            shortest = c.lostBy[i] == 0 ? Math.min(shortest, c.pathLength[i]) : shortest;
        }
        for (int i = 0; i < c.size; i++) {
            out(c, i, 3, c.pathLength[i] > shortest);
        }
        // b
        int origin = Integer.MAX_VALUE;
        for (int i = 0; i < c.size; i++) {
            origin = c.lostBy[i] == 0 ? Math.min(origin, c.origin[i]) : origin;
        }
        for (int i = 0; i < c.size; i++) {
            out(c, i, 4, c.origin[i] > origin);
        }
        // c: among routes of one neighbouring AS only the lowest MED stays
        eliminateByMed(c);
        // d
        boolean external = false;
        for (int i = 0; i < c.size; i++) {
            external |= c.lostBy[i] == 0 && c.external[i];
        }
        for (int i = 0; i < c.size; i++) {
            out(c, i, 6, external && !c.external[i]);
        }
        // e, the interior cost, is equal for all: there is no IGP here.
        return lastSteps(c);
    }

    private static int lastSteps(Contest c) {
        // f
        long lowestId = Long.MAX_VALUE;
        for (int i = 0; i < c.size; i++) {
            lowestId = c.lostBy[i] == 0 ? Math.min(lowestId, c.routerId[i]) : lowestId;
        }
        for (int i = 0; i < c.size; i++) {
            out(c, i, 7, c.routerId[i] > lowestId);
        }
        // RFC 4456 section 9, between f and g
        int clusters = Integer.MAX_VALUE;
        for (int i = 0; i < c.size; i++) {
            clusters = c.lostBy[i] == 0 ? Math.min(clusters, c.clusterLength[i]) : clusters;
        }
        for (int i = 0; i < c.size; i++) {
            out(c, i, 8, c.clusterLength[i] > clusters);
        }
        // g; of several paths of one neighbour (RFC 7911) the first stays
        int best = -1;
        for (int i = 0; i < c.size; i++) {
            if (c.lostBy[i] == 0) {
                best = best < 0 ? i : closer(c, best, i);
            }
        }
        return best;
    }

    private static int closer(Contest c, int best, int other) {
        int order = c.address[other].compareTo(c.address[best]);
        int loser = order < 0 ? best : other;
        c.lostBy[loser] = (byte) (order == 0 ? 10 : 9);
        return order < 0 ? other : best;
    }

    /** 0 stands for a route of the own AS; a missing MED is 0. */
    private static void eliminateByMed(Contest c) {
        for (int i = 0; i < c.size; i++) {
            for (int j = 0; j < c.size && c.lostBy[i] == 0; j++) {
                // Who is out by its MED itself still takes out the ones above it.
                boolean counts = c.lostBy[j] == 0 || c.lostBy[j] == 5;
                out(c, i, 5, counts && c.firstAs[j] == c.firstAs[i] && c.med[j] < c.med[i]);
            }
        }
    }

    private static int stale(Contest c, int i) {
        return (c.flags[i] & PathFacts.LLGR_STALE) != 0 ? 1 : 0;
    }

    private static void out(Contest c, int i, int step, boolean loses) {
        if (loses && c.lostBy[i] == 0) {
            c.lostBy[i] = (byte) step;
        }
    }
}
