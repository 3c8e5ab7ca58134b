package io.siteswap.bgp.mrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Communities;
import io.siteswap.bgp.wire.Community;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Keepalive;
import io.siteswap.bgp.wire.LocalPref;
import io.siteswap.bgp.wire.MessageEncoder;
import io.siteswap.bgp.wire.MpReach;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** MRT both ways (RFC 6396, RFC 8050), and what bad files become. */
class MrtTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");
    private static final Context CONTEXT = new Context(true, true);
    private static final MrtSession SESSION = new MrtSession(64500, 4_200_000_000L, 3,
            Address.parse("198.51.100.1"), Address.parse("198.51.100.2"));
    private static final MrtSession SESSION6 = new MrtSession(64500, 64501, 0,
            Address.parse("2001:db8::1"), Address.parse("2001:db8::2"));
    private static final List<MrtPeer> PEERS = List.of(
            new MrtPeer(Address.parse("198.18.0.1"), Address.parse("198.51.100.1"), 64500),
            new MrtPeer(Address.parse("198.18.0.2"), Address.parse("2001:db8::2"),
                    4_200_000_001L));

    @Test
    void messagesAndStatesComeBack() throws IOException {
        ByteBuffer keepalive = MessageEncoder.encode(new Keepalive(), CONTEXT);
        List<MrtItem> items = read(write(writer -> {
            writer.message(NOON, SESSION, false, CONTEXT, keepalive);
            writer.message(NOON, SESSION6, true, new Context(false, true), keepalive);
            writer.stateChange(NOON, SESSION, 5, 6);
        }));
        MrtItem.Message received = assertInstanceOf(MrtItem.Message.class, items.get(0));
        assertEquals(new MrtItem.Place(1, 0, NOON), received.at());
        assertEquals(SESSION, received.session());
        assertTrue(!received.sent() && received.context().fourOctetAs());
        assertEquals(keepalive, received.message());
        MrtItem.Message sent = assertInstanceOf(MrtItem.Message.class, items.get(1));
        assertEquals(SESSION6, sent.session());
        assertTrue(sent.sent() && !sent.context().fourOctetAs());
        MrtItem.StateChange change = assertInstanceOf(MrtItem.StateChange.class, items.get(2));
        assertEquals(List.of(5, 6), List.of(change.from(), change.to()));
    }

    @Test
    void tablesComeBack() throws IOException {
        Attributes four = Attributes.of(new Origin(Origin.Source.IGP),
                AsPath.of(List.of(64500L, 4_200_000_000L)),
                new NextHop(Address.parse("198.51.100.1")), new LocalPref(200),
                new Communities(List.of(Community.NO_EXPORT)));
        Prefix prefix6 = Prefix.parse("2001:db8:1::/48");
        Attributes six = Attributes.of(new Origin(Origin.Source.IGP),
                AsPath.of(List.of(64500L)),
                new MpReach(prefix6.family(), Address.parse("2001:db8::1"),
                        Optional.of(Address.parse("fe80::1")), List.of(prefix6)));
        List<TableRow> rows = List.of(
                new TableRow(Prefix.parse("203.0.113.0/24"),
                        List.of(new TableRow.Entry(0, at(5), four),
                                new TableRow.Entry(1, at(6), four))),
                new TableRow(prefix6, List.of(new TableRow.Entry(1, at(7), six))));
        List<MrtItem> items = read(write(writer -> writer.table(at(9),
                Address.parse("198.18.0.9"), "edge", PEERS, rows.iterator())));
        assertEquals(new MrtItem.PeerIndex(new MrtItem.Place(1, 0, at(9)),
                Address.parse("198.18.0.9"), "edge", PEERS), items.get(0));
        assertEquals(List.of("203.0.113.0/24 198.51.100.1", "203.0.113.0/24 2001:db8::2",
                "2001:db8:1::/48 2001:db8::2"),
                items.stream().skip(1).map(item -> (MrtItem.Route) item)
                        .map(r -> r.prefix() + " " + r.entry().peer().orElseThrow().address())
                        .toList());
        assertEquals(new MrtItem.Entry(0, Optional.of(PEERS.get(0)), at(5), Optional.empty(),
                four, List.of()), ((MrtItem.Route) items.get(1)).entry());
        assertEquals(six, ((MrtItem.Route) items.get(3)).entry().attributes());
    }

    private static Instant at(int second) {
        return Instant.ofEpochSecond(1_700_000_000L + second);
    }

    /** Written by hand from RFC 6396 and RFC 8050: subtype 8 has a path identifier per route. */
    @Test
    void severalPathsToAPrefixHaveTheirIdentifiers() throws IOException {
        String attributes = "4001010040020602010000fbf4400304c6336401";
        String body = "00000000" + "18cb0071" + "0001" + "0000" + "65000000" + "0000002a"
                + "0014" + attributes;
        MrtItem.Route route = assertInstanceOf(MrtItem.Route.class,
                read(record(13, 8, body)).get(0));
        assertEquals(Optional.of(42L), route.entry().pathId());
        assertEquals(Optional.empty(), route.entry().peer(), "there was no table of peers");
        assertEquals(List.of(), route.entry().errors());
    }

    /** As some routers write it: the whole MP_REACH_NLRI instead of the next hop only. */
    @Test
    void aWholeMpReachIsReadToo() throws IOException {
        String reach = "800e1a" + "00020110" + "20010db8000000000000000000000001" + "00"
                + "2020010db8";
        String attributes = "40010100" + "40020602010000fbf4" + reach;
        String body = "00000000" + "2020010db8" + "0001" + "0000" + "65000000" + "002a"
                + attributes;
        MrtItem.Route route = assertInstanceOf(MrtItem.Route.class,
                read(record(13, 4, body)).get(0));
        assertEquals(List.of(), route.entry().errors());
        assertEquals(Address.parse("2001:db8::1"), route.entry().attributes()
                .find(MpReach.class).orElseThrow().nextHop());
    }

    /** A route and a static one as BIRD 2.0.12 dumps them: flags are missing, and attributes. */
    @Test
    void whatBirdStoresIsReadable() throws IOException {
        String bgp = "00000000" + "19cb007180" + "0001" + "0000" + "65000000" + "001b"
                + "00010100" + "40020602010000fbf5" + "0003047f000702" + "000804fbf50007";
        MrtItem.Route route = assertInstanceOf(MrtItem.Route.class,
                read(record(13, 2, bgp)).get(0));
        assertEquals(List.of(), route.entry().errors());
        assertEquals(new NextHop(Address.parse("127.0.7.2")),
                route.entry().attributes().find(NextHop.class).orElseThrow());
        String other = "00000000" + "19cb007180" + "0001" + "0000" + "65000000" + "0007"
                + "000804fbf50007";
        MrtItem.Route foreign = assertInstanceOf(MrtItem.Route.class,
                read(record(13, 2, other)).get(0));
        assertEquals(3, foreign.entry().errors().size());
        assertEquals(List.of(Community.parse("64501:7")), foreign.entry().attributes()
                .find(Communities.class).orElseThrow().values());
    }

    @Test
    void badAttributesOfARouteAreErrorsOfThatRoute() throws IOException {
        String body = "00000000" + "18cb0071" + "0001" + "0000" + "65000000" + "0004"
                + "40010109";
        MrtItem.Route route = assertInstanceOf(MrtItem.Route.class,
                read(record(13, 2, body)).get(0));
        assertEquals("ORIGIN is 9.", route.entry().errors().get(0).reason());
    }

    @Test
    void foreignRecordsAreNamedAndPassed() throws IOException {
        List<MrtItem> items = read(record(12, 1, "00"), record(13, 6, "00"),
                record(16, 3, "00"), record(48, 0, ""));
        assertEquals(List.of("12/1", "13/6", "16/3", "48/0"),
                items.stream().map(item -> (MrtItem.Foreign) item)
                        .map(f -> f.type() + "/" + f.subtype()).toList());
    }

    @Test
    void aRecordThatLiesAboutItsLengthCostsItselfOnly() throws IOException {
        byte[] good = record(16, 4, "0000fbf40000fbf5" + "00000001" + "c6336401c6336402"
                + "ffffffffffffffffffffffffffffffff001304");
        byte[] lying = good.clone();
        Arrays.fill(lying, 8, 12, (byte) 0x7F);
        List<MrtItem> items = read(good, lying, good);
        assertEquals(List.of("Message", "Bad", "Message"),
                items.stream().map(i -> i.getClass().getSimpleName()).toList());
        assertTrue(((MrtItem.Bad) items.get(1)).reason().startsWith("A record of 2139062143"));
    }

    @Test
    void bodiesThatEndTooEarlyAreBad() throws IOException {
        assertEquals("A record about a session of 3 octets.", reason(record(16, 4, "000000")));
        assertEquals("A session of address family 3.",
                reason(record(16, 1, "fbf4fbf500000003")));
        assertEquals("The record ends inside the addresses of the session.",
                reason(record(16, 1, "fbf4fbf500000001c6336401c63364")));
        assertEquals("A change of state without the states.",
                reason(record(16, 0, "fbf4fbf500000001c6336401c6336402000100")));
        assertEquals("A record without its microseconds.", reason(record(17, 4, "0000")));
        assertEquals("A table of peers of 3 octets.", reason(record(13, 1, "c61200")));
        assertEquals("The name of the view does not fit in the table of peers.",
                reason(record(13, 1, "c6120009ffff0000")));
        assertEquals("The table of peers ends inside peer 0 of 65535.",
                reason(record(13, 1, "c61200090000ffff")));
        assertEquals("A route to a prefix of 33 bits in 12 octets.",
                reason(record(13, 2, "0000000021cb0071000000aa")));
        assertEquals("The routes to 203.0.113.0/24 end inside number 0 of 1.",
                reason(record(13, 2, "0000000018cb0071000100006500000000ff40")));
        assertEquals("The file ends inside the header of a record.",
                reason(HexFormat.of().parseHex("6500")));
        assertEquals("The file ends after 1 of 4 octets of a record.",
                reason(Arrays.copyOf(record(16, 4, "00000000"), 13)));
    }

    private static String reason(byte[] file) throws IOException {
        return ((MrtItem.Bad) read(file).getLast()).reason();
    }

    @Test
    void whateverAFileHoldsItEndsWithoutAnException() throws IOException {
        byte[] seed = write(writer -> {
            ByteBuffer update = MessageEncoder.encode(
                    Update.endOfRib(Prefix.parse("::/0").family()), CONTEXT);
            for (int i = 0; i < 5; i++) {
                writer.message(NOON, SESSION, false, CONTEXT, update);
            }
            writer.table(at(9), Address.parse("198.18.0.9"), "", PEERS,
                    List.of(new TableRow(Prefix.parse("203.0.113.0/24"),
                            List.of(new TableRow.Entry(0, at(5), Attributes.NONE))))
                            .iterator());
        });
        Random random = new Random(6396);
        int items = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] file = seed.clone();
            for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
                file[random.nextInt(file.length)] = (byte) random.nextInt(256);
            }
            items += read(file).size();
        }
        assertTrue(items > 20_000 * 4, "most records survive: " + items);
    }

    private interface Writing {
        void to(MrtWriter writer) throws IOException;
    }

    private static byte[] write(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writing.to(new MrtWriter(out));
        return out.toByteArray();
    }

    private static byte[] record(int type, int subtype, String body) {
        byte[] octets = HexFormat.of().parseHex(body);
        return ByteBuffer.allocate(12 + octets.length).putInt(1_700_000_000)
                .putShort((short) type).putShort((short) subtype).putInt(octets.length)
                .put(octets).array();
    }

    private static List<MrtItem> read(byte[]... parts) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            file.write(part);
        }
        MrtReader reader = new MrtReader(new ByteArrayInputStream(file.toByteArray()));
        List<MrtItem> items = new ArrayList<>();
        for (Optional<MrtItem> item = reader.next(); item.isPresent(); item = reader.next()) {
            items.add(item.get());
        }
        return items;
    }
}
