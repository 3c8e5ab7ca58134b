package io.siteswap.bgp.app;

import io.siteswap.bgp.mrt.TableRow;
import io.siteswap.bgp.rib.BestPath.Choice;
import io.siteswap.bgp.rib.Rib;
import io.siteswap.bgp.rib.Route;
import io.siteswap.bgp.wire.Family;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/** The usable routes of a table, the best of each prefix first, read slice by slice. */
final class MrtRows implements Iterator<TableRow> {

    private final Instant now;
    private final Map<String, Integer> peers;
    private final Function<Place, Rib.Page> pages;
    private final Queue<TableRow> ready = new ArrayDeque<>();
    private Optional<Place> next = Optional.of(new Place(Family.IPV4_UNICAST, 0));

    /** Where a slice begins. */
    record Place(Family family, int at) {
    }

    /**
     * @param now stands for the time of every route, which nobody keeps
     * @param peers index in the dump by name; routes of others are left out
     */
    MrtRows(Instant now, Map<String, Integer> peers, Function<Place, Rib.Page> pages) {
        this.now = now;
        this.peers = peers;
        this.pages = pages;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && next.isPresent()) {
            Place place = next.get();
            Rib.Page page = pages.apply(place);
            page.choices().forEach(this::add);
            next = page.next().map(at -> new Place(place.family(), at))
                    .or(() -> after(place.family()));
        }
        return !ready.isEmpty();
    }

    @Override
    public TableRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The table has no more rows.");
        }
        return ready.remove();
    }

    private static Optional<Place> after(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> Optional.of(new Place(Family.IPV6_UNICAST, 0));
            case IPV6_UNICAST -> Optional.empty();
        };
    }

    private void add(Choice choice) {
        List<TableRow.Entry> entries = new ArrayList<>();
        entry(choice.best(), entries);
        choice.lost().keySet().forEach(route -> entry(route, entries));
        if (!entries.isEmpty()) {
            ready.add(new TableRow(choice.best().prefix(), entries));
        }
    }

    private void entry(Route route, List<TableRow.Entry> entries) {
        Optional.ofNullable(peers.get(route.source().peer())).ifPresent(
                index -> entries.add(new TableRow.Entry(index, now, route.attributes())));
    }
}
