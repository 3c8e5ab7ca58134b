package io.siteswap.bgp.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several paths of one neighbour to one prefix (RFC 7911), IPv6 next hops of IPv4 (RFC 8950). */
class SeveralPathsTest {

    private static final Prefix A = Prefix.parse("203.0.113.0/24");
    private static final Prefix SIX = Prefix.parse("2001:db8:7::/48");
    private static final Set<Family> BOTH = Set.of(Family.values());
    private static final Context AGREED = new Context(true, true).withAddPath(BOTH, Set.of());
    /** ORIGIN, AS_PATH of one or two, NEXT_HOP 198.18.9.9. */
    private static final String SHORT = "40010100" + "4002060201" + "0000fbfe"
            + "400304c6120909";
    private static final String LONG = "40010100" + "40020a0202" + "0000fbfe" + "0000fbff"
            + "400304c6120909";

    private final Rib rib = new Rib(64500);

    private static Decoded decode(String body, Context context) {
        return MessageDecoder.decode(new Frame.Complete(Update.TYPE,
                ByteBuffer.wrap(HexFormat.of().parseHex(body))), context);
    }

    private void receive(String body) {
        rib.join(new Source("isp", true, Address.parse("198.18.9.9"),
                Address.parse("198.18.9.9")), ImportOptions.EVERYTHING, Relation.UNKNOWN);
        Decoded.Ok ok = (Decoded.Ok) decode(body, AGREED);
        rib.apply("isp", (Update) ok.message());
    }

    private static String announce(String attributes, String prefixes) {
        return "0000" + String.format("%04x", attributes.length() / 2) + attributes + prefixes;
    }

    private List<Long> best() {
        return rib.best(A).orElseThrow().best().asPath().numbers();
    }

    @Test
    void eachIdentifierIsARouteOfItsOwn() {
        receive(announce(LONG, "00000007" + "18cb0071"));
        receive(announce(SHORT, "00000009" + "18cb0071"));
        assertEquals(2, rib.size("isp"));
        assertEquals(List.of(64510L), best());
        assertEquals(1, rib.best(A).orElseThrow().lost().size());
        receive(announce(LONG, "00000009" + "18cb0071"));
        assertEquals(2, rib.size("isp"), "it replaces the one of its identifier");
        assertEquals(List.of(64510L, 64511L), best());
        receive("0008" + "00000009" + "18cb0071" + "0000");
        receive("0008" + "00000005" + "18cb0071" + "0000");
        assertEquals(1, rib.size("isp"));
        receive("0008" + "00000007" + "18cb0071" + "0000");
        assertTrue(rib.best(A).isEmpty());
        assertEquals(0, rib.paths());
    }

    @Test
    void ipv6PrefixesHaveIdentifiersToo() {
        String hop = "20010db8000000000000000000000001";
        String reach = "800e21" + "000201" + "10" + hop + "00" + "00000003" + "30"
                + "20010db80007";
        reach = reach.replace("800e21", "800e" + String.format("%02x", reach.length() / 2 - 3));
        receive(announce("40010100" + "4002060201" + "0000fbfe" + reach, ""));
        receive(announce("40010100" + "4002060201" + "0000fbfe" + reach
                .replace("00000003" + "30", "00000004" + "30"), ""));
        assertEquals(2, rib.size("isp"));
        assertTrue(rib.best(SIX).isPresent());
        receive(announce("800f0e" + "000201" + "00000003" + "30" + "20010db80007", ""));
        assertEquals(1, rib.size("isp"));
    }

    @Test
    void aFaultWithdrawsThePathOfItsIdentifierOnly() {
        receive(announce(LONG, "00000007" + "18cb0071"));
        receive(announce(SHORT, "00000009" + "18cb0071"));
        // ORIGIN 7.
        receive(announce(SHORT.replace("40010100", "40010107"), "00000009" + "18cb0071"));
        assertEquals(List.of(64510L, 64511L), best());
        assertTrue(decode(announce(SHORT, "00000009" + "18cb00"),
                AGREED) instanceof Decoded.Broken, "an unreadable prefix");
        assertTrue(decode(announce(SHORT, "0000"), AGREED) instanceof Decoded.Broken);
    }

    @Test
    void thereIsABoundToThePathsOfAPrefix() {
        for (int i = 0; i < 200; i++) {
            receive(announce(SHORT, String.format("%08x", i) + "18cb0071"));
        }
        assertEquals(AdjRibIn.MAX_PATHS, rib.size("isp"));
        assertEquals(200 - AdjRibIn.MAX_PATHS, rib.rejected("isp", Rejection.NO_ROOM));
        rib.drop("isp");
        assertEquals(0, rib.paths());
    }

    @Test
    void ipv4MayHaveAnIpv6NextHopWhereBothAgreed() {
        String body = announce("40010100" + "4002060201" + "0000fbfe" + "800e19" + "000101" + "10"
                + "20010db8000000000000000000000001" + "00" + "18cb0071", "");
        assertTrue(decode(body, new Context(true, true)) instanceof Decoded.Broken);
        Context agreed = new Context(true, true)
                .withExtendedNextHop(Set.of(Family.IPV4_UNICAST));
        rib.join(new Source("isp", true, Address.parse("198.18.9.9"),
                Address.parse("198.18.9.9")), ImportOptions.EVERYTHING, Relation.UNKNOWN);
        rib.apply("isp", (Update) ((Decoded.Ok) decode(body, agreed)).message());
        assertEquals("2001:db8::1",
                rib.best(A).orElseThrow().best().nextHop().orElseThrow().toString());
    }

    @Test
    void noiseNeverThrows() {
        Random random = new Random(7911);
        for (int i = 0; i < 100_000; i++) {
            byte[] body = HexFormat.of().parseHex(announce(SHORT, "00000009" + "18cb0071"));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            Decoded decoded = decode(HexFormat.of().formatHex(body), AGREED);
            if (decoded instanceof Decoded.Ok ok) {
                Update update = (Update) ok.message();
                assertEquals(update.allWithdrawn().size(), update.pathIds().withdrawn().size());
                assertEquals(update.allAnnounced().size(), update.pathIds().announced().size());
            }
        }
    }
}
