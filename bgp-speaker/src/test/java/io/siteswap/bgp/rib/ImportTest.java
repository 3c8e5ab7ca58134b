package io.siteswap.bgp.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.rib.OriginValidation.Validity;
import io.siteswap.bgp.rib.Rib.Local;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attribute;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.ClusterList;
import io.siteswap.bgp.wire.Communities;
import io.siteswap.bgp.wire.Community;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.OnlyToCustomer;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.OriginatorId;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is taken from a neighbour, and what it is worth there. */
class ImportTest {

    private static final Prefix A = Prefix.parse("203.0.113.0/24");
    private static final Prefix DEFAULT = Prefix.parse("0.0.0.0/0");
    private static final Address HOP = Address.parse("198.18.9.9");
    private static final int OUR_ID = Address.parse("198.18.0.1").toInt();

    private final Rib rib = new Rib(new Local(64500, OUR_ID, Set.of(Address.v4(OUR_ID)), 0));

    private void join(String name, ImportOptions imports, Relation relation) {
        boolean external = !name.startsWith("inside");
        Address address = Address.parse("198.18.9." + (1 + name.length()));
        rib.join(new Source(name, external ? 64510 : 64500, external, address, address), imports,
                relation);
    }

    private void receive(String name, List<Prefix> prefixes, List<Long> path, Address hop,
            Attribute... more) {
        List<Attribute> attributes = new ArrayList<>(List.of(more));
        attributes.add(new Origin(Origin.Source.IGP));
        attributes.add(AsPath.of(path));
        attributes.add(new NextHop(hop));
        rib.apply(name, new Update(List.of(), new Attributes(attributes), prefixes));
    }

    private void receive(String name, Attribute... more) {
        receive(name, List.of(A), List.of(64510L), HOP, more);
    }

    private Optional<Route> best() {
        return rib.best(A).map(BestPath.Choice::best);
    }

    @Test
    void onlyWhatTheFilterTakes() {
        join("isp", ImportOptions.EVERYTHING.withFilter(PrefixFilter.DEFAULT_ONLY),
                Relation.UNKNOWN);
        receive("isp", List.of(A, DEFAULT), List.of(64510L), HOP);
        assertTrue(rib.best(A).isEmpty());
        assertTrue(rib.best(DEFAULT).isPresent());
        assertEquals(1, rib.rejected("isp", Rejection.FILTERED));
        join("list", ImportOptions.EVERYTHING.withFilter(PrefixFilter
                .of(new PrefixFilter.Rule(Prefix.parse("203.0.0.0/16"), 20, 24))),
                Relation.UNKNOWN);
        receive("list", List.of(A, DEFAULT, Prefix.parse("203.0.113.0/25"),
                Prefix.parse("203.0.0.0/16")), List.of(64510L), HOP);
        assertEquals(1, rib.size("list"));
        join("none", ImportOptions.EVERYTHING.withFilter(PrefixFilter.NOTHING),
                Relation.UNKNOWN);
        receive("none");
        assertEquals(0, rib.size("none"));
    }

    @Test
    void theOwnAsIsALoopUnlessItIsAllowed() {
        join("isp", ImportOptions.EVERYTHING.withAllowOwnAs(1), Relation.UNKNOWN);
        receive("isp", List.of(A), List.of(64510L, 64500L), HOP);
        assertTrue(best().isPresent());
        receive("isp", List.of(A), List.of(64510L, 64500L, 64500L), HOP);
        assertTrue(best().isEmpty());
        assertEquals(1, rib.rejected("isp", Rejection.OWN_AS));
    }

    @Test
    void theFirstAsIsTheNeighboursWhereThatIsEnforced() {
        join("isp", ImportOptions.EVERYTHING.withEnforceFirstAs(true), Relation.UNKNOWN);
        receive("isp", List.of(A), List.of(64511L, 64510L), HOP);
        assertEquals(1, rib.rejected("isp", Rejection.FIRST_AS));
        receive("isp");
        assertTrue(best().isPresent());
    }

    @Test
    void pathsAreNotLongerThanAllowed() {
        join("isp", ImportOptions.EVERYTHING.withMaxPathLength(10), Relation.UNKNOWN);
        receive("isp", List.of(A), Collections.nCopies(11, 64510L), HOP);
        assertEquals(1, rib.rejected("isp", Rejection.PATH_TOO_LONG));
        receive("isp", List.of(A), Collections.nCopies(10, 64510L), HOP);
        assertTrue(best().isPresent());
    }

    @Test
    void theNextHopIsAHostAndNotUs() {
        join("isp", ImportOptions.EVERYTHING, Relation.UNKNOWN);
        for (String hop : List.of("0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1")) {
            receive("isp", List.of(A), List.of(64510L), Address.parse(hop));
            assertTrue(best().isEmpty(), hop);
        }
        assertEquals(4, rib.rejected("isp", Rejection.NEXT_HOP));
    }

    @Test
    void whoIsAboutToShutDownIsTheLastChoice() {
        join("isp", ImportOptions.EVERYTHING, Relation.UNKNOWN);
        join("other", ImportOptions.EVERYTHING, Relation.UNKNOWN);
        receive("isp", new Communities(List.of(Community.GRACEFUL_SHUTDOWN)));
        receive("other", List.of(A), List.of(64510L, 64511L, 64512L), HOP);
        assertEquals("other", best().orElseThrow().source().peer());
        assertEquals("lower LOCAL_PREF", rib.best(A).orElseThrow().lost().values().iterator()
                .next());
    }

    @Test
    void onlyToCustomerMarksAndTells() {
        join("provider", ImportOptions.EVERYTHING, Relation.PROVIDER);
        receive("provider");
        assertEquals(Optional.of(new OnlyToCustomer(64510)),
                best().orElseThrow().attributes().find(OnlyToCustomer.class));
        join("customer", ImportOptions.EVERYTHING, Relation.CUSTOMER);
        receive("customer", new OnlyToCustomer(64999));
        assertEquals(1, rib.rejected("customer", Rejection.LEAK));
        join("peer", ImportOptions.EVERYTHING, Relation.PEER);
        receive("peer", new OnlyToCustomer(64999));
        assertEquals(1, rib.rejected("peer", Rejection.LEAK));
        receive("peer", new OnlyToCustomer(64510));
        assertEquals(1, rib.size("peer"));
    }

    @Test
    void whatWasReflectedBackIsALoop() {
        join("inside", ImportOptions.EVERYTHING, Relation.UNKNOWN);
        receive("inside", new OriginatorId(Address.v4(OUR_ID)));
        receive("inside", new ClusterList(List.of(HOP, Address.v4(OUR_ID))));
        assertEquals(2, rib.rejected("inside", Rejection.REFLECTED));
        receive("inside", new ClusterList(List.of(HOP)), new OriginatorId(HOP));
        assertTrue(best().isPresent());
    }

    @Test
    void aRouteWithAWrongOriginIsKeptButNotUsed() {
        rib.origins((prefix, origin) -> origin == 64666 ? Validity.INVALID : Validity.NOT_FOUND);
        join("isp", ImportOptions.EVERYTHING.withRejectInvalid(true), Relation.UNKNOWN);
        join("other", ImportOptions.EVERYTHING.withRejectInvalid(true), Relation.UNKNOWN);
        receive("isp", List.of(A), List.of(64666L), HOP);
        assertTrue(best().isEmpty());
        receive("other", List.of(A), List.of(64510L, 64511L), HOP);
        assertEquals("other", best().orElseThrow().source().peer());
        rib.origins((prefix, origin) -> origin == 64511 ? Validity.INVALID : Validity.VALID);
        rib.revalidate(Family.IPV4_UNICAST, 0, Integer.MAX_VALUE);
        assertEquals("isp", best().orElseThrow().source().peer(), "the table has been told anew");
    }

    @Test
    void moreThanTheLimitIsToldOnce() {
        MaxPrefix limit = new MaxPrefix(4, 50, MaxPrefix.Action.STOP, Duration.ZERO);
        join("isp", ImportOptions.EVERYTHING.withMaxPrefix(limit), Relation.UNKNOWN);
        List<Prefix> prefixes = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            prefixes.add(new Prefix(Address.v4(0xC6120000 + (i << 8)), 24));
            receive("isp", List.of(prefixes.getLast()), List.of(64510L), HOP);
            rib.notices("isp").forEach(n -> told.add(n.size() + (n.exceeded() ? "!" : "")));
        }
        assertEquals(List.of("3", "5!"), told);
    }

    @Test
    void staleRoutesAreSweptAtTheEndOfTheTable() {
        join("isp", ImportOptions.EVERYTHING, Relation.UNKNOWN);
        receive("isp", List.of(A, DEFAULT), List.of(64510L), HOP);
        Restart restart = rib.restart("isp").orElseThrow();
        restart.retain(Family.IPV4_UNICAST);
        assertEquals(2, restart.stale(Family.IPV4_UNICAST));
        assertTrue(best().isPresent(), "used on");
        receive("isp");
        assertEquals(1, restart.stale(Family.IPV4_UNICAST));
        restart.endOfRib(Family.IPV4_UNICAST);
        assertTrue(best().isPresent());
        assertTrue(rib.best(DEFAULT).isEmpty());
    }

    @Test
    void longLivedStaleRoutesAreTheLastChoiceAndSomeMayNotBeKept() {
        join("isp", ImportOptions.EVERYTHING, Relation.UNKNOWN);
        join("other", ImportOptions.EVERYTHING, Relation.UNKNOWN);
        receive("isp");
        receive("isp", List.of(DEFAULT), List.of(64510L), HOP,
                new Communities(List.of(Community.NO_LLGR)));
        receive("other", List.of(A), List.of(64510L, 64511L), HOP);
        assertEquals("isp", best().orElseThrow().source().peer());
        Restart restart = rib.restart("isp").orElseThrow();
        restart.retain(Family.IPV4_UNICAST);
        assertEquals("isp", best().orElseThrow().source().peer());
        restart.longLived(Family.IPV4_UNICAST);
        assertEquals("other", best().orElseThrow().source().peer());
        assertEquals("long-lived stale",
                rib.best(A).orElseThrow().lost().values().iterator().next());
        assertTrue(rib.best(DEFAULT).isEmpty());
        rib.drop("other");
        assertTrue(best().orElseThrow().attributes().find(Communities.class).orElseThrow()
                .values().contains(Community.LLGR_STALE));
        restart.endOfRib(Family.IPV4_UNICAST);
        assertTrue(best().isEmpty());
        assertEquals(0, rib.paths());
    }
}
