package io.siteswap.bgp.app;

import io.siteswap.bgp.rib.Seen;
import io.siteswap.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the speaker was last told of our own prefixes, and when; only the loop's. */
final class LookingGlass {

    private static final Comparator<Place> ORDER = Comparator.comparing(Place::prefix)
            .thenComparing(Place::peer).thenComparingInt(Place::identifier);

    private final long ownAs;
    private final Map<Place, SeenView> views = new HashMap<>();

    private record Place(String peer, Prefix prefix, int identifier) {
    }

    LookingGlass(long ownAs) {
        this.ownAs = ownAs;
    }

    /**
     * Empty when it reads the same as before.
     *
     * @param now milliseconds since 1970
     */
    Optional<SpeakerEvent> take(Seen seen, long now) {
        Place place = new Place(seen.peer(), seen.prefix(), seen.identifier());
        Optional<SeenView> view = seen.sight().map(s -> SeenView.of(seen, s, ownAs, now));
        Optional<SeenView> before = Optional.ofNullable(views.get(place));
        if (view.equals(before.map(b -> b.since(now)))) {
            return Optional.empty();
        }
        if (view.isPresent()) {
            views.put(place, view.get());
        } else {
            views.remove(place);
        }
        return Optional
                .of(new SpeakerEvent.Seen(seen.prefix().toString(), seen.peer(), seen.identifier(),
                        view));
    }

    /**
     * Each own prefix with what is seen of it; a route stands under the longest that is around it.
     *
     * @param within only of prefixes in this one
     */
    List<OwnSeenView> views(Collection<Prefix> own, Optional<Prefix> within) {
        Map<Prefix, List<SeenView>> byOwn = new LinkedHashMap<>();
        own.stream().sorted().filter(p -> within
                .map(w -> p.inside(w) || w.inside(p)).orElse(true))
                .forEach(p -> byOwn.put(p, new ArrayList<>()));
        List<Place> places = new ArrayList<>(views.keySet());
        places.removeIf(place -> within.filter(w -> !place.prefix.inside(w)).isPresent());
        places.sort(ORDER);
        places.forEach(place -> longestAround(place.prefix, byOwn)
                .ifPresent(under -> under.add(Optional.ofNullable(views.get(place))
                        .orElseThrow())));
        return byOwn.entrySet().stream()
                .map(e -> new OwnSeenView(e.getKey().toString(), List.copyOf(e.getValue())))
                .toList();
    }

    /** By length, not by a look at every own prefix: the sessions wait meanwhile. */
    private static Optional<List<SeenView>> longestAround(Prefix prefix,
            Map<Prefix, List<SeenView>> byOwn) {
        for (int length = prefix.length(); length >= 0; length--) {
            List<SeenView> under = byOwn.get(new Prefix(prefix.address(), length));
            if (under != null) {
                return Optional.of(under);
            }
        }
        return Optional.empty();
    }
}
