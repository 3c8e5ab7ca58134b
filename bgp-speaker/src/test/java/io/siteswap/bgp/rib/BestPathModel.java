package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.LocalPref;
import io.siteswap.bgp.wire.MultiExitDisc;
import io.siteswap.bgp.wire.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * The choice as the RFC tells it, one object per route: what the columns are tested against.
 *
 * <p>
 * Elimination rather than a comparator: MED compares only routes of the same neighbouring AS, so
 * the order among routes is not transitive.
 */
final class BestPathModel {

    static final long DEFAULT_LOCAL_PREF = 100;

    private BestPathModel() {
    }

    /**
     * @param lost why each of the others is not the best
     */
    public record Choice(Route best, Map<Route, String> lost) {

        public String reason(Route route) {
            return lost.getOrDefault(route, lost.isEmpty() ? "only route" : "best");
        }
    }

    /** One step: routes whose cost is above the lowest are out. */
    private record Criterion(String name, ToLongFunction<Route> cost) {
    }

    private static final List<Criterion> BEFORE_MED = List.of(
            // 9.1.1: degree of preference
            new Criterion("lower LOCAL_PREF", route -> -route.attributes().find(LocalPref.class)
                    .map(LocalPref::value).orElse(DEFAULT_LOCAL_PREF)),
            // a
            new Criterion("longer AS path", route -> route.asPath().length()),
            // b
            new Criterion("higher ORIGIN", route -> route.attributes().find(Origin.class)
                    .map(o -> o.source().code()).orElse(2)));

    private static final List<Criterion> AFTER_MED = List.of(
            // d
            new Criterion("internal neighbour", route -> route.source().external() ? 0 : 1),
            // e, the interior cost, is equal for all: there is no IGP here. f
            new Criterion("higher BGP identifier",
                    route -> Integer.toUnsignedLong(route.source().peerId().toInt())));

    /**
     * @param routes at least one, all to the same prefix, at most one of each neighbour
     */
    public static Choice choose(List<Route> routes) {
        Map<Route, String> lost = new HashMap<>();
        List<Route> left = new ArrayList<>(routes);
        BEFORE_MED.forEach(criterion -> eliminate(left, criterion, lost));
        eliminateByMed(left, lost);
        AFTER_MED.forEach(criterion -> eliminate(left, criterion, lost));
        // g
        Route best = left.getFirst();
        for (Route route : left) {
            if (route.source().address().compareTo(best.source().address()) < 0) {
                best = route;
            }
        }
        for (Route route : left) {
            if (!route.equals(best)) {
                lost.put(route, "higher neighbour address");
            }
        }
        return new Choice(best, Map.copyOf(lost));
    }

    private static void eliminate(List<Route> left, Criterion criterion,
            Map<Route, String> lost) {
        OptionalLong lowest = left.stream().mapToLong(criterion.cost()).min();
        left.removeIf(route -> {
            boolean out = criterion.cost().applyAsLong(route) > lowest.orElseThrow();
            if (out) {
                lost.put(route, criterion.name());
            }
            return out;
        });
    }

    /** c: among routes of one neighbouring AS, only the lowest MED stays; a missing one is 0. */
    private static void eliminateByMed(List<Route> left, Map<Route, String> lost) {
        Map<Long, Long> lowest = new HashMap<>();
        left.forEach(route -> lowest.merge(neighborAs(route), med(route), Math::min));
        left.removeIf(route -> {
            boolean out = med(route) > lowest.getOrDefault(neighborAs(route), 0L);
            if (out) {
                lost.put(route, "higher MED");
            }
            return out;
        });
    }

    /** 0 for a route of the own AS. */
    private static long neighborAs(Route route) {
        return route.asPath().first().orElse(0L);
    }

    private static long med(Route route) {
        return route.attributes().find(MultiExitDisc.class).map(MultiExitDisc::value).orElse(0L);
    }
}
