package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The routes to our own prefixes that come back to us: what others took of an announcement, what
 * somebody else announces in our place. Mostly they are loops and of no use as routes, so they are
 * remembered here, beside the tables, whatever the import decides about them.
 */
final class LookingGlass {

    /** Of one neighbour: hundreds of own prefixes, or a block that somebody announces in pieces. */
    static final int MAX = 2000;

    private final PathTable paths;
    private final Set<Place> untold = new LinkedHashSet<>();

    /** @param identifier of the path; 0: none */
    record At(Prefix prefix, int identifier) {
    }

    private record Place(AdjRibIn neighbor, At at) {
    }

    /** Of one neighbour. */
    static final class Sights {

        private final Map<At, Sight> now = new HashMap<>();
        /** Those that the last call of {@link LookingGlass#take} left standing. */
        private final Set<At> told = new HashSet<>();
        private long overlooked;
    }

    private static final class Sight {

        private int path;
        private Optional<Rejection> rejection = Optional.empty();
        private boolean stale;
    }

    LookingGlass(PathTable paths) {
        this.paths = paths;
    }

    /** The neighbour announces this path to it. */
    void saw(AdjRibIn neighbor, Prefix prefix, int identifier, int path,
            Optional<Rejection> rejection) {
        At at = new At(prefix, identifier);
        Sights sights = neighbor.sights;
        if (sights.now.size() >= MAX && !sights.now.containsKey(at)) {
            sights.overlooked++;
            return;
        }
        Sight sight = sights.now.computeIfAbsent(at, _ -> new Sight());
        sight.stale = false;
        if (sight.path == path && sight.rejection.equals(rejection)) {
            return;
        }
        paths.retain(path);
        if (sight.path != 0) {
            paths.release(sight.path);
        }
        sight.path = path;
        sight.rejection = rejection;
        untold.add(new Place(neighbor, at));
    }

    /** The neighbour says nothing of it any more; nothing happens if it never did. */
    void gone(AdjRibIn neighbor, Prefix prefix, int identifier) {
        At at = new At(prefix, identifier);
        Sight sight = neighbor.sights.now.remove(at);
        if (sight != null) {
            end(neighbor, at, sight);
        }
    }

    private void end(AdjRibIn neighbor, At at, Sight sight) {
        paths.release(sight.path);
        Place place = new Place(neighbor, at);
        if (neighbor.sights.told.contains(at)) {
            untold.add(place);
        } else {
            // It came and went unheard: whoever does that for ever fills nothing here.
            untold.remove(place);
        }
    }

    private void drop(AdjRibIn neighbor, BiPredicate<At, Sight> which) {
        Iterator<Map.Entry<At, Sight>> all = neighbor.sights.now.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<At, Sight> entry = all.next();
            if (which.test(entry.getKey(), entry.getValue())) {
                all.remove();
                end(neighbor, entry.getKey(), entry.getValue());
            }
        }
    }

    /** The session is gone, and what it showed is no longer what others have. */
    void forget(AdjRibIn neighbor, Family family) {
        drop(neighbor, (at, _) -> at.prefix.family() == family);
    }

    /** Only what these cover is ours from here on. */
    void only(AdjRibIn neighbor, OwnBlocks four, OwnBlocks six) {
        drop(neighbor, (at, _) -> !four.cover(at.prefix) && !six.cover(at.prefix));
    }

    /** The neighbour begins to send its table again, until {@link #sweep}. */
    void mark(AdjRibIn neighbor, Family family) {
        neighbor.sights.now.forEach((at, sight) -> sight.stale |= at.prefix.family() == family);
    }

    /** What it did not repeat is gone. */
    void sweep(AdjRibIn neighbor, Family family) {
        drop(neighbor, (at, sight) -> sight.stale && at.prefix.family() == family);
    }

    /** At most so many changes since the last calls, each place once with what is there now. */
    List<Seen> take(int most) {
        List<Seen> changes = new ArrayList<>();
        Iterator<Place> places = untold.iterator();
        while (changes.size() < most && places.hasNext()) {
            Place place = places.next();
            places.remove();
            changes.add(tell(place.neighbor, place.at));
        }
        return changes;
    }

    private Seen tell(AdjRibIn neighbor, At at) {
        Optional<Sight> sight = Optional.ofNullable(neighbor.sights.now.get(at));
        boolean _ = sight.isPresent()
                ? neighbor.sights.told.add(at)
                : neighbor.sights.told.remove(at);
        return new Seen(neighbor.source.peer(), at.prefix, at.identifier, sight
                .map(s -> new Seen.Sight(paths.attributes(s.path), s.rejection)));
    }

    boolean changed() {
        return !untold.isEmpty();
    }

    static long overlooked(AdjRibIn neighbor) {
        return neighbor.sights.overlooked;
    }
}
