package io.siteswap.bgp.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.rib.Rib.Change;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RibTest {

    private static final Prefix PREFIX = Prefix.parse("203.0.113.0/24");
    private static final Source ONE = source("one", 1);
    private static final Source TWO = source("two", 2);

    private static Source source(String name, int number) {
        return new Source(name, true, Address.parse("198.18.9." + number),
                Address.parse("198.18.9." + number));
    }

    private static Rib rib(ImportOptions imports) {
        Rib rib = new Rib(64500);
        rib.join(ONE, imports, Relation.UNKNOWN);
        rib.join(TWO, imports, Relation.UNKNOWN);
        rib.watchEverything(true);
        return rib;
    }

    private static Update update(List<Prefix> prefixes, Long... path) {
        return new Update(List.of(), Attributes.of(new Origin(Origin.Source.IGP),
                AsPath.of(List.of(path)), new NextHop(Address.parse("198.18.9.9"))), prefixes);
    }

    private static List<Change> changes(Rib rib) {
        return rib.changes(Integer.MAX_VALUE);
    }

    @Test
    void aPathThroughTheOwnAsIsNoRoute() {
        Rib rib = rib(ImportOptions.EVERYTHING);
        rib.apply("one", update(List.of(PREFIX), 64510L, 64500L));
        assertEquals(List.of(), changes(rib));
        rib.apply("one", update(List.of(PREFIX), 64510L, 64511L));
        assertEquals(1, changes(rib).size());
        rib.apply("one", update(List.of(PREFIX), 64510L, 64500L));
        assertEquals(List.of(new Change(PREFIX, Optional.empty())), changes(rib),
                "it replaces the route it followed");
        assertEquals(2, rib.rejected("one", Rejection.OWN_AS));
    }

    @Test
    void aLostNeighbourLeavesTheNextBest() {
        Rib rib = rib(ImportOptions.EVERYTHING);
        rib.apply("one", update(List.of(PREFIX), 64510L));
        changes(rib);
        rib.apply("two", update(List.of(PREFIX), 64511L, 64512L));
        assertEquals(List.of(), changes(rib), "not better");
        rib.drop("one");
        assertEquals("two",
                changes(rib).getFirst().choice().orElseThrow().best().source().peer());
        rib.drop("two");
        assertEquals(List.of(new Change(PREFIX, Optional.empty())), changes(rib));
        assertEquals(0, rib.paths());
        assertEquals(0, rib.size(Family.IPV4_UNICAST));
    }

    @Test
    void changesOfWatchedPrefixesAreToldOnceHoweverOftenTheyHappen() {
        Rib rib = rib(ImportOptions.EVERYTHING);
        rib.watchEverything(false);
        Prefix other = Prefix.parse("198.51.100.0/24");
        rib.watch(PREFIX);
        for (long as = 1; as < 100; as++) {
            rib.apply("one", update(List.of(PREFIX, other), as));
        }
        List<Change> told = changes(rib);
        assertEquals(1, told.size());
        assertEquals(List.of(99L),
                told.getFirst().choice().orElseThrow().best().asPath().numbers());
        assertFalse(rib.changed());
        rib.drop("one");
        assertTrue(rib.changed());
    }
}
