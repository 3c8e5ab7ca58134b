package io.siteswap.bgp.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.rib.Rib.Local;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.MessageEncoder;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.PathIds;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back of our own prefixes is remembered, and is no route because of that. */
class LookingGlassTest {

    private static final Prefix OURS = Prefix.parse("203.0.113.0/24");
    private static final Prefix HALF = Prefix.parse("203.0.113.128/25");
    private static final Prefix FOREIGN = Prefix.parse("198.51.100.0/24");
    private static final List<Long> LOOP = List.of(64510L, 64500L, 64500L);
    private static final List<Long> HIJACK = List.of(64510L, 64666L);

    private final Rib rib = new Rib(new Local(64500, 0, Set.of(), 0));

    LookingGlassTest() {
        rib.ours(Set.of(OURS, Prefix.parse("2001:db8:113::/48")));
        join("isp", ImportOptions.EVERYTHING);
    }

    private void join(String name, ImportOptions imports) {
        rib.join(new Source(name, 64510, true, Address.parse("198.18.9.9"),
                Address.parse("198.18.9.9")), imports, Relation.UNKNOWN);
    }

    private static Update route(List<Long> path, Prefix... prefixes) {
        return new Update(List.of(), Attributes.of(new Origin(Origin.Source.IGP),
                AsPath.of(path), new NextHop(Address.parse("198.18.9.9"))), List.of(prefixes));
    }

    private static Update gone(Prefix... prefixes) {
        return new Update(List.of(prefixes), Attributes.of(), List.of());
    }

    /** Over the bytes, or over the decoded message. */
    private void receive(boolean bytes, String peer, Update update) {
        if (!bytes) {
            rib.apply(peer, update);
            return;
        }
        ByteBuffer encoded = MessageEncoder.encode(update, new Context(true, true));
        byte[] message = new byte[encoded.remaining()];
        encoded.get(message);
        assertTrue(rib.apply(peer, message, Frame.HEADER, message.length), "the short way");
    }

    private List<String> seen() {
        return rib.seen(Integer.MAX_VALUE).stream().map(LookingGlassTest::words).toList();
    }

    private static String words(Seen seen) {
        return seen.peer() + " " + seen.prefix() + (seen.identifier() == 0
                ? " "
                : " " + seen.identifier() + " ")
                + seen.sight().map(s -> s.attributes().find(AsPath.class).orElseThrow().numbers()
                        + s.rejection().map(r -> " " + r).orElse(""))
                        .orElse("gone");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLoopIsSeenAndIsNoRoute(boolean bytes) {
        receive(bytes, "isp", route(LOOP, FOREIGN, OURS));
        assertEquals(List.of("isp 203.0.113.0/24 [64510, 64500, 64500] OWN_AS"), seen());
        assertTrue(rib.best(OURS).isEmpty());
        assertEquals(0, rib.size("isp"));
        assertEquals(1, rib.rejected("isp", Rejection.OWN_AS));
        receive(bytes, "isp", route(LOOP, OURS));
        assertEquals(List.of(), seen(), "nothing new");
        receive(bytes, "isp", route(List.of(64510L, 64500L), OURS));
        assertEquals(List.of("isp 203.0.113.0/24 [64510, 64500] OWN_AS"), seen());
        receive(bytes, "isp", gone(OURS));
        assertEquals(List.of("isp 203.0.113.0/24 gone"), seen());
        receive(bytes, "isp", gone(OURS));
        assertEquals(List.of(), seen());
        assertEquals(0, rib.paths(), "nothing of it is left");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHijackIsSeenToo(boolean bytes) {
        receive(bytes, "isp", route(HIJACK, FOREIGN, HALF, Prefix.parse("203.0.112.0/23")));
        assertEquals(List.of("isp 203.0.113.128/25 [64510, 64666]"), seen());
        assertTrue(rib.best(HALF).isPresent(), "a route like any other");
        receive(bytes, "isp", route(LOOP, HALF));
        assertEquals(List.of("isp 203.0.113.128/25 [64510, 64500, 64500] OWN_AS"), seen());
        assertTrue(rib.best(HALF).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whateverTheFilterSays(boolean bytes) {
        join("glass", ImportOptions.EVERYTHING.withFilter(PrefixFilter.NOTHING));
        receive(bytes, "glass", route(List.of(64510L, 64501L), OURS, FOREIGN));
        assertEquals(List.of("glass 203.0.113.0/24 [64510, 64501] FILTERED"), seen());
        assertEquals(0, rib.size("glass"));
    }

    @Test
    void eachPathOfANeighbourThatSendsSeveral() {
        Update two = route(LOOP, OURS, OURS).with(new PathIds(List.of(), List.of(1, 2)));
        rib.apply("isp", two);
        assertEquals(List.of("isp 203.0.113.0/24 1 [64510, 64500, 64500] OWN_AS",
                "isp 203.0.113.0/24 2 [64510, 64500, 64500] OWN_AS"), seen());
        rib.apply("isp", gone(OURS).with(new PathIds(List.of(2), List.of())));
        assertEquals(List.of("isp 203.0.113.0/24 2 gone"), seen());
    }

    @Test
    void theEndOfTheSessionEndsItAlsoWhenRoutesAreKept() {
        join("other", ImportOptions.EVERYTHING);
        receive(true, "isp", route(HIJACK, OURS));
        receive(true, "other", route(LOOP, OURS));
        assertEquals(2, seen().size());
        rib.restart("isp").orElseThrow().retain(Family.IPV4_UNICAST);
        assertTrue(rib.best(OURS).isPresent());
        assertEquals(List.of("isp 203.0.113.0/24 gone"), seen());
        rib.drop("other");
        assertEquals(List.of("other 203.0.113.0/24 gone"), seen());
    }

    @Test
    void aTableThatComesAgainWithoutItEndsItToo() {
        receive(true, "isp", route(LOOP, OURS, HALF));
        assertEquals(2, seen().size());
        Restart again = rib.restart("isp").orElseThrow();
        again.refreshBegin(Family.IPV4_UNICAST);
        assertEquals(List.of(), seen());
        receive(true, "isp", route(LOOP, OURS));
        again.refreshEnd(Family.IPV4_UNICAST);
        assertEquals(List.of("isp 203.0.113.128/25 gone"), seen());
    }

    @Test
    void whatIsNoLongerOursIsNoLongerSeen() {
        receive(true, "isp", route(LOOP, OURS));
        assertEquals(1, seen().size());
        rib.ours(Set.of(FOREIGN));
        assertEquals(List.of("isp 203.0.113.0/24 gone"), seen());
        receive(true, "isp", route(LOOP, OURS, FOREIGN));
        assertEquals(List.of("isp 198.51.100.0/24 [64510, 64500, 64500] OWN_AS"), seen());
    }

    @Test
    void nobodyFillsItWithPieces() {
        Prefix all = Prefix.parse("198.18.0.0/16");
        rib.ours(Set.of(all));
        List<Prefix> pieces = IntStream.range(0, LookingGlass.MAX + 10)
                .mapToObj(i -> new Prefix(Address.v4(all.address().toInt() + 4 * i), 30))
                .toList();
        pieces.forEach(piece -> receive(true, "isp", route(LOOP, piece)));
        assertEquals(10, rib.overlooked());
        pieces.forEach(piece -> receive(true, "isp", gone(piece)));
        assertFalse(rib.changed(), "it came and went unheard");
        pieces.forEach(piece -> {
            receive(true, "isp", route(LOOP, piece));
            receive(true, "isp", gone(piece));
        });
        assertFalse(rib.changed());
        assertEquals(0, rib.paths());
    }

    /** The marks say no only to what is none of ours, whatever the lengths. */
    @Test
    void theIndexAgreesWithALookAtEveryBlock() {
        long seed = 4711;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Family family = random.nextBoolean()
                    ? Family.IPV4_UNICAST
                    : Family.IPV6_UNICAST;
            List<Prefix> own = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                own.add(prefix(random, family));
            }
            OwnBlocks blocks = new OwnBlocks(family, own);
            for (int i = 0; i < 200; i++) {
                Prefix near = own.get(random.nextInt(own.size()));
                Prefix asked = random.nextBoolean()
                        ? prefix(random, family)
                        : new Prefix(near.address(), random.nextInt(family.bits() + 1));
                Optional<Prefix> around = own.stream().filter(p -> p.length() <= asked.length()
                        && new Prefix(asked.address(), p.length()).equals(p)).findFirst();
                assertEquals(around.isPresent(), blocks.cover(asked),
                        () -> "seed " + seed + ": " + asked + " in " + own);
            }
        }
    }

    private static Prefix prefix(Random random, Family family) {
        long high = family == Family.IPV4_UNICAST
                ? (random.nextInt() & 0xF0F00F0FL) << 32
                : random.nextLong() & 0xF000_000F_0000_00F0L;
        return new Prefix(new Address(family, high,
                family == Family.IPV4_UNICAST ? 0 : random.nextLong()),
                random.nextInt(family.bits() + 1));
    }
}
