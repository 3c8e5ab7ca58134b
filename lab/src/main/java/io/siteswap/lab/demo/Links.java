package io.siteswap.lab.demo;

import io.siteswap.lab.demo.Layout.Place;
import io.siteswap.lab.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** All wires between the places. */
final class Links implements AutoCloseable {

    /** One direction of dialling. */
    private record Link(Place from, Place to, Wire wire) {
        boolean touches(Place place) {
            return from == place || to == place;
        }
    }

    private final List<Link> links = new ArrayList<>();

    Links(Layout layout) {
        for (Place from : Place.values()) {
            for (Place to : Place.values()) {
                List<Integer> ports = ports(from, to);
                if (!ports.isEmpty()) {
                    links.add(new Link(from, to, Wire.lay(layout.link(from, to), layout.at(to),
                            layout.link(to, from), ports)));
                }
            }
        }
    }

    private static List<Integer> ports(Place from, Place to) {
        if (from == to || (to == Place.ARB && from == Place.INTERNET)
                || (from == Place.ARB && to == Place.INTERNET)) {
            return List.of();
        }
        if (to == Place.INTERNET) {
            return List.of(Layout.BGP);
        }
        if (from == Place.INTERNET) {
            return List.of(Layout.DOOR);
        }
        if (to == Place.ARB) {
            return List.of(Layout.RAFT, Layout.HEARTBEAT);
        }
        return from == Place.ARB
                ? List.of(Layout.RAFT, Layout.HEARTBEAT, Layout.DOOR)
                : List.of(Layout.RAFT, Layout.HEARTBEAT, Layout.DOOR, Layout.POSTGRES);
    }

    /** Nothing of {@code place} is heard any more, by nobody. */
    void cut(Place place) {
        each(link -> link.touches(place), Wire::cut);
    }

    /** The two hear each other no more, in either direction. */
    void cut(Place one, Place other) {
        each(link -> link.touches(one) && link.touches(other), Wire::cut);
    }

    /** The place is reachable again; connections of before are broken, as after a reboot. */
    void powerOn(Place place) {
        each(link -> link.touches(place), wire -> {
            wire.reset();
            wire.heal();
        });
    }

    void heal(Place one, Place other) {
        each(link -> link.touches(one) && link.touches(other), Wire::heal);
    }

    private void each(Predicate<Link> which, Consumer<Wire> what) {
        links.stream().filter(which).map(Link::wire).forEach(what);
    }

    @Override
    public void close() {
        links.forEach(link -> link.wire().close());
    }
}
