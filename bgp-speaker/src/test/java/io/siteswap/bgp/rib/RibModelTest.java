package io.siteswap.bgp.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attribute;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Communities;
import io.siteswap.bgp.wire.Community;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.MpReach;
import io.siteswap.bgp.wire.MultiExitDisc;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The columns against maps of objects, under thousands of random events. */
class RibModelTest {

    private static final int PEERS = 4;
    private static final int PREFIXES = 60;

    private final Random random = new Random(4271);
    private final Rib rib = new Rib(64500);
    private final List<Source> sources = new ArrayList<>();
    private final Map<Prefix, Map<Source, Route>> model = new HashMap<>();
    /** What a follower believes. */
    private final Map<Prefix, Route> told = new HashMap<>();

    @Test
    void theColumnsHoldWhatTheModelHolds() {
        for (int i = 0; i < PEERS; i++) {
            Source source = new Source("peer" + i, i > 0, Address.parse("198.18.0." + (9 - i)),
                    Address.parse("198.18.0." + (9 - i)));
            sources.add(source);
            rib.join(source, ImportOptions.EVERYTHING, Relation.UNKNOWN);
        }
        rib.watchEverything(true);
        for (int step = 0; step < 20_000; step++) {
            Source source = sources.get(random.nextInt(PEERS));
            if (random.nextInt(500) == 0) {
                rib.drop(source.peer());
                model.values().forEach(routes -> routes.remove(source));
            } else {
                update(source);
            }
            if (step % 7 == 0) {
                check(step);
            }
        }
        for (Source source : sources) {
            rib.drop(source.peer());
        }
        rib.changes(Integer.MAX_VALUE);
        assertEquals(0, rib.paths(), "no path without a route");
        assertEquals(0, rib.prefixes(), "no prefix without a route");
    }

    private void update(Source source) {
        boolean six = random.nextInt(3) == 0;
        List<Prefix> gone = prefixes(six);
        List<Prefix> here = prefixes(six);
        List<Attribute> path = path(six);
        Attributes attributes = new Attributes(path);
        for (Prefix prefix : gone) {
            routes(prefix).remove(source);
        }
        for (Prefix prefix : here) {
            routes(prefix).put(source, new Route(prefix, source, attributes));
        }
        Update update = six
                ? new Update(List.of(),
                        attributes.with(new MpReach(Family.IPV6_UNICAST,
                                Address.parse("2001:db8::1"), Optional.empty(), here)),
                        List.of())
                : new Update(gone, here.isEmpty() ? Attributes.NONE : attributes, here);
        if (six) {
            rib.apply(source.peer(), new Update(List.of(), Attributes.of(
                    new io.siteswap.bgp.wire.MpUnreach(Family.IPV6_UNICAST, gone)), List.of()));
        }
        rib.apply(source.peer(), update);
    }

    private Map<Source, Route> routes(Prefix prefix) {
        return model.computeIfAbsent(prefix, _ -> new HashMap<>());
    }

    private List<Prefix> prefixes(boolean six) {
        List<Prefix> prefixes = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int number = random.nextInt(PREFIXES);
            Prefix prefix = six
                    ? new Prefix(Address.v6(0x20010db8_0000_0000L + number, (long) number << 60),
                            64 + number)
                    : new Prefix(Address.v4(0xC6120000 + (number << 8)), 16 + number % 17);
            if (!prefixes.contains(prefix)) {
                prefixes.add(prefix);
            }
        }
        return prefixes;
    }

    private List<Attribute> path(boolean six) {
        List<Attribute> path = new ArrayList<>();
        path.add(new Origin(List.of(Origin.Source.values()).get(random.nextInt(3))));
        List<Long> numbers = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            numbers.add(1L + random.nextInt(2));
        }
        path.add(AsPath.of(numbers));
        path.add(six
                ? new MpReach(Family.IPV6_UNICAST, Address.parse("2001:db8::1"),
                        Optional.empty(), List.of())
                : new NextHop(Address.parse("198.18.1.1")));
        if (random.nextBoolean()) {
            path.add(new MultiExitDisc(random.nextInt(3)));
        }
        if (random.nextBoolean()) {
            path.add(new Communities(List.of(new Community(random.nextInt(3)))));
        }
        return path;
    }

    private void check(int step) {
        rib.changes(1 + random.nextInt(50)).forEach(change -> change.choice().ifPresentOrElse(
                choice -> told.put(change.prefix(), choice.best()),
                () -> told.remove(change.prefix())));
        boolean quiet = !rib.changed();
        model.forEach((prefix, routes) -> {
            Optional<BestPathModel.Choice> expected = routes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(BestPathModel.choose(List.copyOf(routes.values())));
            Optional<BestPath.Choice> actual = rib.best(prefix);
            assertEquals(expected.map(BestPathModel.Choice::best),
                    actual.map(BestPath.Choice::best), () -> "step " + step + ": " + prefix);
            assertEquals(expected.map(BestPathModel.Choice::lost),
                    actual.map(BestPath.Choice::lost), () -> "step " + step + ": " + prefix);
            if (quiet) {
                assertEquals(expected.map(BestPathModel.Choice::best),
                        Optional.ofNullable(told.get(prefix)), () -> "told of " + prefix);
            }
        });
        for (Source source : sources) {
            long size = model.values().stream().filter(m -> m.containsKey(source)).count();
            assertEquals(size, rib.size(source.peer()));
        }
    }

    /** Hours of churn: new attributes all the time, prefixes that come and go. */
    @Test
    void churnNeedsNoMoreRoomThanTheTable() {
        Source source = new Source("isp", true, Address.parse("198.18.0.1"),
                Address.parse("198.18.0.1"));
        rib.join(source, ImportOptions.EVERYTHING, Relation.UNKNOWN);
        long room = 0;
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 10_000; i++) {
                Prefix prefix = new Prefix(
                        Address.v4(0xC6000000 + random.nextInt(5_000) * 256), 24);
                boolean gone = random.nextInt(3) == 0;
                List<Attribute> path = path(false);
                path.removeIf(Communities.class::isInstance);
                path.add(new Communities(List.of(new Community(random.nextInt()))));
                rib.apply("isp", gone
                        ? new Update(List.of(prefix), Attributes.NONE, List.of())
                        : new Update(List.of(), new Attributes(path), List.of(prefix)));
            }
            if (round == 10) {
                room = rib.room();
            }
        }
        assertTrue(rib.paths() <= 5_000, "paths " + rib.paths());
        assertTrue(rib.room() <= room + room / 100,
                "octets after 10 rounds " + room + " and after 40 " + rib.room());
    }
}
