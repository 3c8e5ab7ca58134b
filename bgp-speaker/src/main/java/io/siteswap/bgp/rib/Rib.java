package io.siteswap.bgp.rib;

import io.siteswap.bgp.rib.BestPath.Choice;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.MpReach;
import io.siteswap.bgp.wire.MpUnreach;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Adj-RIB-In of every neighbour and the Loc-RIB over them (RFC 4271 section 3.2). */
public final class Rib {

    private final long ownAs;
    private final Map<String, Map<Prefix, Route>> adjRibIn = new HashMap<>();
    private final Map<Prefix, Choice> locRib = new TreeMap<>();

    public Rib(long ownAs) {
        this.ownAs = ownAs;
    }

    /**
     * The best route of a prefix is another one now.
     *
     * @param choice empty: no route is left
     */
    public record Change(Prefix prefix, Optional<Choice> choice) {
    }

    /** Takes in an UPDATE. */
    public List<Change> apply(Source source, Update update) {
        Map<Prefix, Route> routes = adjRibIn.computeIfAbsent(source.peer(),
                _ -> new HashMap<>());
        Set<Prefix> touched = new LinkedHashSet<>();
        for (Prefix prefix : update.allWithdrawn()) {
            if (routes.remove(prefix) != null) {
                touched.add(prefix);
            }
        }
        for (Prefix prefix : update.announced()) {
            put(routes, new Route(prefix, source, plain(update.attributes())), touched);
        }
        update.attributes().find(MpReach.class).ifPresent(reach -> {
            Attributes attributes = plain(update.attributes()).without(NextHop.class)
                    .with(new MpReach(reach.family(), reach.nextHop(), reach.linkLocal(),
                            List.of()));
            for (Prefix prefix : reach.prefixes()) {
                put(routes, new Route(prefix, source, attributes), touched);
            }
        });
        return choose(touched);
    }

    /** Forgets a neighbour. */
    public List<Change> drop(String peer) {
        Map<Prefix, Route> routes = adjRibIn.remove(peer);
        return routes == null ? List.of() : choose(routes.keySet());
    }

    private static Attributes plain(Attributes attributes) {
        return attributes.without(MpReach.class).without(MpUnreach.class);
    }

    /** A path through our own AS is a loop (RFC 4271 section 9.1.2): as good as withdrawn. */
    private void put(Map<Prefix, Route> routes, Route route, Set<Prefix> touched) {
        touched.add(route.prefix());
        if (route.asPath().contains(ownAs)) {
            routes.remove(route.prefix());
        } else {
            routes.put(route.prefix(), route);
        }
    }

    private List<Change> choose(Set<Prefix> touched) {
        List<Change> changes = new ArrayList<>();
        for (Prefix prefix : touched) {
            List<Route> candidates = candidates(prefix);
            Optional<Choice> before = Optional.ofNullable(locRib.get(prefix));
            Optional<Choice> after = candidates.isEmpty()
                    ? Optional.empty()
                    : Optional.of(BestPath.choose(candidates));
            after.ifPresentOrElse(choice -> locRib.put(prefix, choice),
                    () -> locRib.remove(prefix));
            if (!before.map(Choice::best).equals(after.map(Choice::best))) {
                changes.add(new Change(prefix, after));
            }
        }
        return changes;
    }

    private List<Route> candidates(Prefix prefix) {
        List<Route> candidates = new ArrayList<>();
        adjRibIn.values().forEach(
                routes -> Optional.ofNullable(routes.get(prefix)).ifPresent(candidates::add));
        return candidates;
    }

    public Optional<Choice> best(Prefix prefix) {
        return Optional.ofNullable(locRib.get(prefix));
    }

    /** All prefixes with a route, in order. */
    public Map<Prefix, Choice> locRib() {
        return locRib;
    }

    /** Number of prefixes that a neighbour announces. */
    public int size(String peer) {
        return adjRibIn.getOrDefault(peer, Map.of()).size();
    }
}
