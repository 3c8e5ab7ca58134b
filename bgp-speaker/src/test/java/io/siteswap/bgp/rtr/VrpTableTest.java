package io.siteswap.bgp.rtr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Origin validation (RFC 6811), against a slow and obvious one as well. */
class VrpTableTest {

    private static Vrp vrp(String prefix, int max, long as) {
        return new Vrp(Prefix.parse(prefix), max, as);
    }

    private static Pdu.PrefixPdu announce(Vrp vrp) {
        return new Pdu.PrefixPdu(true, vrp);
    }

    private static VrpTable table(Vrp... vrps) {
        return table(List.of(vrps));
    }

    private static VrpTable table(List<Vrp> vrps) {
        return assertInstanceOf(VrpTable.Applied.Ok.class,
                VrpTable.EMPTY.apply(vrps.stream().map(VrpTableTest::announce).toList())).table();
    }

    private static String says(VrpTable table, String prefix, long as) {
        OwnRoute route = new OwnRoute(Prefix.parse(prefix), as);
        return route.says(table.validate(route.prefix(), as));
    }

    @Test
    void theSentencesOfAnOperator() {
        VrpTable table = table(vrp("203.0.113.0/24", 24, 64499), vrp("198.51.0.0/16", 20, 64500),
                vrp("198.51.100.0/24", 24, 64499), vrp("2001:db8::/32", 48, 64500),
                vrp("2001:db8:dead::/48", 48, 0));
        assertEquals("203.0.113.0/24 originated by AS64500 is RPKI-invalid: the covering ROA "
                + "203.0.113.0/24 max 24 names AS64499.", says(table, "203.0.113.0/24", 64500));
        assertEquals("198.51.100.0/24 originated by AS64500 is RPKI-invalid: the covering ROA "
                + "198.51.0.0/16 max 20 names this AS but allows no /24.",
                says(table, "198.51.100.0/24", 64500));
        assertEquals("198.51.16.0/20 originated by AS64500 is RPKI-valid by the ROA "
                + "198.51.0.0/16 max 20.", says(table, "198.51.16.0/20", 64500));
        assertEquals("198.0.0.0/8 originated by AS64500 is not in the RPKI: no ROA covers it.",
                says(table, "198.0.0.0/8", 64500));
        assertEquals("2001:db8:dead::/48 originated by AS64499 is RPKI-invalid: the covering ROA "
                + "2001:db8:dead::/48 max 48 names AS0: nobody may announce it.",
                says(table, "2001:db8:dead::/48", 64499));
        assertEquals("2001:db8:dead::/48 originated by AS64500 is RPKI-valid by the ROA "
                + "2001:db8::/32 max 48.", says(table, "2001:db8:dead::/48", 64500));
    }

    @Test
    void aRouteWithoutAnOriginIsNeverValidAndNeitherIsAsZero() {
        VrpTable table = table(vrp("203.0.113.0/24", 24, 0), vrp("0.0.0.0/0", 32, 64500));
        assertInstanceOf(Validity.Invalid.class,
                table.validate(Prefix.parse("203.0.113.0/24"), VrpTable.NO_ORIGIN));
        assertInstanceOf(Validity.Invalid.class,
                table.validate(Prefix.parse("203.0.113.0/24"), 0));
        assertInstanceOf(Validity.Valid.class,
                table.validate(Prefix.parse("203.0.113.0/24"), 64500));
    }

    @Test
    void changesThatContradictAreFound() {
        Vrp vrp = vrp("203.0.113.0/24", 24, 64500);
        VrpTable table = table(vrp);
        assertEquals(
                new VrpTable.Applied.Wrong(RtrError.DUPLICATE_ANNOUNCEMENT, vrp),
                table.apply(List.of(announce(vrp))));
        Vrp other = vrp("203.0.113.0/24", 24, 64501);
        assertEquals(new VrpTable.Applied.Wrong(RtrError.WITHDRAWAL_OF_UNKNOWN, other),
                table.apply(List.of(new Pdu.PrefixPdu(false, other))));
        VrpTable same = assertInstanceOf(VrpTable.Applied.Ok.class,
                table.apply(List.of(new Pdu.PrefixPdu(false, vrp), announce(vrp)))).table();
        assertEquals(1, same.size());
    }

    @Test
    void agreesWithASlowTableUnderRandomChanges() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Set<Vrp> slow = new LinkedHashSet<>();
        VrpTable table = VrpTable.EMPTY;
        for (int round = 0; round < 60; round++) {
            List<Pdu.PrefixPdu> changes = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Vrp vrp = random(random);
                changes.add(new Pdu.PrefixPdu(!slow.contains(vrp), vrp));
                if (!slow.add(vrp)) {
                    slow.remove(vrp);
                }
            }
            table = assertInstanceOf(VrpTable.Applied.Ok.class, table.apply(changes),
                    "seed " + seed).table();
            assertEquals(slow.size(), table.size(), "seed " + seed);
            for (int i = 0; i < 200; i++) {
                Vrp route = random(random);
                assertEquals(slowly(slow, route),
                        table.validate(route.prefix(), route.as()).getClass(),
                        "seed " + seed + " " + route);
            }
        }
    }

    /** Of a small world, so that much covers much. */
    private static Vrp random(Random random) {
        boolean v4 = random.nextBoolean();
        int length = random.nextInt(v4 ? 33 : 129);
        Address address = v4
                ? Address.v4(random.nextInt() & 0xE000_0007)
                : Address.v6(random.nextLong() & 0xE000_0000_0000_0001L, random.nextLong() & 7);
        int max = length + random.nextInt((v4 ? 33 : 129) - length);
        return new Vrp(new Prefix(address, length), max, random.nextInt(4));
    }

    private static Class<?> slowly(Set<Vrp> all, Vrp route) {
        List<Vrp> covering = all.stream()
                .filter(v -> v.prefix().family() == route.prefix().family()
                        && v.prefix().length() <= route.prefix().length()
                        && new Prefix(route.prefix().address(), v.prefix().length())
                                .equals(v.prefix()))
                .toList();
        if (covering.isEmpty()) {
            return Validity.NotFound.class;
        }
        return covering.stream().anyMatch(v -> v.as() == route.as() && v.as() != 0
                && v.maxLength() >= route.prefix().length())
                        ? Validity.Valid.class
                        : Validity.Invalid.class;
    }

    /** Half a million payloads: what the whole world had in 2024. */
    @Test
    void theWorldFitsIntoFortyMegabytes() {
        List<Pdu.PrefixPdu> world = new ArrayList<>();
        for (int i = 0; i < 500_000; i++) {
            Address address = i % 5 == 0
                    ? Address.v6(0x2001_0db8_0000_0000L + i, 0)
                    : Address.v4(i << 8);
            int length = i % 5 == 0 ? 64 : 24;
            world.add(announce(new Vrp(new Prefix(address, length), length, i)));
        }
        VrpTable table = assertInstanceOf(VrpTable.Applied.Ok.class, VrpTable.EMPTY.apply(world))
                .table();
        assertEquals(500_000, table.size());
        assertTrue(table.octets() < 40_000_000, () -> table.octets() + " octets");
        assertInstanceOf(Validity.Valid.class,
                table.validate(new Prefix(Address.v4(499_999 << 8), 24), 499_999));
    }
}
