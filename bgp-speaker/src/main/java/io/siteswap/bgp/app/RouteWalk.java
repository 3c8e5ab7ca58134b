package io.siteswap.bgp.app;

import io.siteswap.bgp.rib.BestPath.Choice;
import io.siteswap.bgp.rib.Rib;
import io.siteswap.bgp.rib.Route;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects routes in slices, so that a look at a full table never holds up the sessions. */
final class RouteWalk {

    /** Prefixes looked at in one visit to the loop: well below a millisecond. */
    static final int SLICE = 4_096;

    /** What one visit found. */
    record Slice(List<List<RouteView>> byPrefix, Optional<RouteQuery.Cursor> next) {
    }

    private RouteWalk() {
    }

    /** On the loop. */
    static Slice slice(Rib rib, RouteQuery query) {
        Optional<Prefix> exact = query.prefix().filter(_ -> !query.longer());
        if (exact.isPresent()) {
            return new Slice(rib.best(exact.get()).map(c -> views(c, query)).stream().toList(),
                    Optional.empty());
        }
        RouteQuery.Cursor at = query.from();
        Rib.Page page = rib.page(at.family(), at.index(), SLICE, query::wants);
        List<List<RouteView>> found = page.choices().stream().map(c -> views(c, query))
                .filter(routes -> !routes.isEmpty()).toList();
        Optional<RouteQuery.Cursor> next = page.next()
                .map(index -> new RouteQuery.Cursor(at.family(), index));
        return new Slice(found, next.or(() -> following(at.family())));
    }

    /** The table that is looked at next. */
    static Optional<RouteQuery.Cursor> following(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> Optional.of(new RouteQuery.Cursor(Family.IPV6_UNICAST, 0));
            case IPV6_UNICAST -> Optional.empty();
        };
    }

    private static List<RouteView> views(Choice choice, RouteQuery query) {
        List<Route> routes = new ArrayList<>(List.of(choice.best()));
        if (!query.best()) {
            routes.addAll(choice.lost().keySet());
        }
        return routes.stream()
                .filter(r -> query.neighbor().map(r.source().peer()::equals).orElse(true))
                .map(r -> Views.route(r, choice)).toList();
    }
}
