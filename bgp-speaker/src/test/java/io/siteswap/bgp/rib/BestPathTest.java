package io.siteswap.bgp.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attribute;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.LocalPref;
import io.siteswap.bgp.wire.MultiExitDisc;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BestPathTest {

    private static final Prefix PREFIX = Prefix.parse("203.0.113.0/24");

    private static Route route(String peer, boolean external, String id, String address,
            Origin.Source origin, List<Long> path, Attribute... more) {
        List<Attribute> attributes = new ArrayList<>(List.of(more));
        attributes.add(new Origin(origin));
        attributes.add(AsPath.of(path));
        return new Route(PREFIX,
                new Source(peer, external, Address.parse(id), Address.parse(address)),
                new Attributes(attributes));
    }

    private static List<Long> path(long... numbers) {
        List<Long> path = new ArrayList<>();
        for (long number : numbers) {
            path.add(number);
        }
        return path;
    }

    /** From best to worst; the name says what the next one loses by. */
    private static List<Route> ordered() {
        Origin.Source igp = Origin.Source.IGP;
        return List.of(
                route("lower LOCAL_PREF", false, "198.18.9.9", "198.18.9.9",
                        Origin.Source.INCOMPLETE, path(1, 2, 3, 4), new LocalPref(200)),
                route("longer AS path", true, "198.18.0.9", "198.18.0.9",
                        Origin.Source.INCOMPLETE, path(1), new MultiExitDisc(9)),
                route("higher ORIGIN", true, "198.18.0.9", "198.18.0.9", igp, path(1, 2),
                        new MultiExitDisc(9)),
                route("higher ORIGIN", true, "198.18.0.9", "198.18.0.9", Origin.Source.EGP,
                        path(1, 2), new MultiExitDisc(9)),
                route("higher MED", false, "198.18.0.9", "198.18.0.9", Origin.Source.INCOMPLETE,
                        path(1, 2), new MultiExitDisc(1)),
                route("internal neighbour", true, "198.18.0.9", "198.18.0.9",
                        Origin.Source.INCOMPLETE, path(1, 2), new MultiExitDisc(5)),
                route("higher BGP identifier", false, "198.18.0.1", "198.18.0.9",
                        Origin.Source.INCOMPLETE, path(1, 2), new MultiExitDisc(5)),
                route("higher neighbour address", false, "198.18.0.2", "198.18.0.1",
                        Origin.Source.INCOMPLETE, path(1, 2), new MultiExitDisc(5)),
                route("", false, "198.18.0.2", "198.18.0.2", Origin.Source.INCOMPLETE,
                        path(1, 2), new MultiExitDisc(5)));
    }

    @Test
    void eachBeatsAllThatFollow() {
        List<Route> routes = ordered();
        for (int i = 0; i < routes.size(); i++) {
            for (int j = i + 1; j < routes.size(); j++) {
                BestPath.Choice choice = BestPath.choose(List.of(routes.get(j), routes.get(i)));
                assertEquals(routes.get(i), choice.best(), i + " against " + j);
            }
            BestPath.Choice all = BestPath.choose(routes.subList(i, routes.size()).reversed());
            assertEquals(routes.get(i), all.best(), i + " against all that follow");
        }
    }

    @Test
    void theReasonNamesTheStep() {
        List<Route> routes = ordered();
        for (int i = 0; i + 1 < routes.size(); i++) {
            BestPath.Choice choice = BestPath.choose(List.of(routes.get(i), routes.get(i + 1)));
            assertEquals(routes.get(i).source().peer(), choice.reason(routes.get(i + 1)));
            assertEquals("best", choice.reason(routes.get(i)));
        }
        assertEquals("only route",
                BestPath.choose(List.of(routes.getFirst())).reason(routes.getFirst()));
    }

    @Test
    void medComparesOnlyRoutesOfOneNeighbouringAs() {
        Origin.Source igp = Origin.Source.IGP;
        Route high = route("a", true, "198.18.0.1", "198.18.0.1", igp, path(1, 9),
                new MultiExitDisc(100));
        Route other = route("b", true, "198.18.0.2", "198.18.0.2", igp, path(2, 9));
        Route low = route("c", true, "198.18.0.3", "198.18.0.3", igp, path(1, 9),
                new MultiExitDisc(10));
        assertEquals(high, BestPath.choose(List.of(other, high)).best());
        assertEquals(other, BestPath.choose(List.of(high, other, low)).best(),
                "the lower MED of AS 1 takes out the lowest identifier");
    }

    @Test
    void theColumnsDecideLikeTheModel() {
        Random random = new Random(9122);
        for (int round = 0; round < 20_000; round++) {
            List<Route> routes = new ArrayList<>();
            int size = 1 + random.nextInt(6);
            for (int i = 0; i < size; i++) {
                routes.add(randomRoute(random, i));
            }
            BestPathModel.Choice expected = BestPathModel.choose(routes);
            BestPath.Choice actual = BestPath.choose(routes);
            assertEquals(expected.best(), actual.best(), () -> routes.toString());
            assertEquals(expected.lost(), actual.lost(), () -> routes.toString());
        }
    }

    /** From few values each, so that every step has ties. */
    private static Route randomRoute(Random random, int i) {
        List<Long> path = new ArrayList<>();
        for (int hops = random.nextInt(3); hops >= 0; hops--) {
            path.add(1L + random.nextInt(2));
        }
        List<Attribute> more = new ArrayList<>();
        if (random.nextBoolean()) {
            more.add(new MultiExitDisc(random.nextInt(3)));
        }
        boolean external = random.nextBoolean();
        if (!external && random.nextBoolean()) {
            more.add(new LocalPref(99 + random.nextInt(3)));
        }
        return route("peer" + i, external, "198.18.0." + (1 + random.nextInt(2)),
                "198.18.0." + (10 + i), List.of(Origin.Source.values()).get(random.nextInt(3)),
                path,
                more.toArray(Attribute[]::new));
    }
}
