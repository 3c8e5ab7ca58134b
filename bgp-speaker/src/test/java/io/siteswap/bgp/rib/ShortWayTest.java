package io.siteswap.bgp.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.rib.BestPath.Choice;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.HexText;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the short way takes from the bytes, the full decoder takes without a fault, and the
 * table is the same afterwards: so every consequence of RFC 7606 is the full decoder's.
 */
class ShortWayTest {

    private static final int ROUNDS = 60_000;

    private final Rib shortWay = rib();
    private final Rib longWay = rib();
    private int taken;
    private final Map<String, Seen.Sight> shortSights = new TreeMap<>();
    private final Map<String, Seen.Sight> longSights = new TreeMap<>();

    private static Rib rib() {
        Rib rib = new Rib(64500);
        rib.ours(Set.of(Prefix.parse("198.51.100.0/24"), Prefix.parse("203.0.0.0/16"),
                Prefix.parse("2001:db8::/32")));
        for (boolean external : List.of(true, false)) {
            rib.join(new Source(name(external), 64510, external, Address.parse("198.18.9.9"),
                    Address.parse("198.18.9.9")), ImportOptions.EVERYTHING, Relation.UNKNOWN);
        }
        return rib;
    }

    private static String name(boolean external) {
        return external ? "external" : "internal";
    }

    /** The same message both ways. */
    private void both(byte[] message, boolean external) {
        if (message.length < Frame.HEADER + 4 || message[18] != Update.TYPE) {
            return;
        }
        Context context = new Context(true, external);
        ByteBuffer body = ByteBuffer.wrap(message, Frame.HEADER, message.length - Frame.HEADER)
                .slice();
        Decoded decoded = MessageDecoder.decode(new Frame.Complete(Update.TYPE, body), context);
        boolean took = shortWay.apply(name(external), message, Frame.HEADER, message.length);
        if (took) {
            taken++;
            Decoded.Ok ok = assertOk(decoded, message);
            assertEquals(List.of(), ok.tolerated(), () -> HexFormat.of().formatHex(message));
        }
        if (decoded instanceof Decoded.Ok(io.siteswap.bgp.wire.Message m, List<?> _)
                && m instanceof Update update) {
            longWay.apply(name(external), update);
            if (!took) {
                shortWay.apply(name(external), update);
            }
        }
    }

    private static Decoded.Ok assertOk(Decoded decoded, byte[] message) {
        assertTrue(decoded instanceof Decoded.Ok, () -> HexFormat.of().formatHex(message));
        return (Decoded.Ok) decoded;
    }

    private void assertSameTables(String when) {
        assertEquals(table(longWay), table(shortWay), when);
        look(longWay, longSights);
        look(shortWay, shortSights);
        assertEquals(longSights, shortSights, when);
    }

    /** Bytes that mean the same may count as a change, so what matters is what is there. */
    private static void look(Rib rib, Map<String, Seen.Sight> sights) {
        rib.seen(Integer.MAX_VALUE).forEach(seen -> {
            String place = seen.peer() + " " + seen.prefix() + " " + seen.identifier();
            sights.remove(place);
            seen.sight().ifPresent(sight -> sights.put(place, sight));
        });
    }

    private static Map<Prefix, Choice> table(Rib rib) {
        Map<Prefix, Choice> table = new TreeMap<>();
        for (Family family : Family.values()) {
            rib.page(family, 0, Integer.MAX_VALUE, _ -> true).choices()
                    .forEach(choice -> table.put(choice.best().prefix(), choice));
        }
        return table;
    }

    @Test
    void everyVectorHasTheSameConsequence() throws IOException {
        for (byte[] seed : seeds()) {
            for (boolean external : List.of(true, false)) {
                both(seed, external);
                assertSameTables(HexFormat.of().formatHex(seed));
            }
        }
        assertTrue(taken > 10, "some vectors are plain: " + taken);
        assertTrue(longSights.size() > 2, "some are of our own prefixes: " + longSights);
    }

    @Test
    void mutatedVectorsHaveTheSameConsequence() throws IOException {
        List<byte[]> seeds = seeds();
        Random random = new Random(8606);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                int at = Frame.HEADER + random.nextInt(bytes.length - Frame.HEADER + 1);
                if (at < bytes.length) {
                    bytes[at] = (byte) (random.nextBoolean()
                            ? random.nextInt(256)
                            : bytes[at] + random.nextInt(5) - 2);
                }
            }
            both(bytes, random.nextInt(4) > 0);
            if (i % 200 == 0) {
                assertSameTables("round " + i);
            }
        }
        assertSameTables("the end");
        assertTrue(taken > ROUNDS / 50, "mutations are taken too: " + taken);
    }

    /** ORIGINATOR_ID and CLUSTER_LIST, whose bytes another neighbour made known. */
    @Test
    void whatCountsInsideIsNotTakenFromOutsideBecauseItIsKnown() {
        byte[] reflected = HexText.parse("ffffffffffffffffffffffffffffffff003d020000002240010100"
                + "40020602010000fbf5400304c6120101800904c6120901800a04c612090218cb0071");
        both(reflected, false);
        both(reflected, true);
        assertSameTables("from inside, then from outside");
        assertEquals(1, taken);
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/wire"))) {
            for (Path file : files.sorted().toList()) {
                StringBuilder hex = new StringBuilder();
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("hex: ") || line.startsWith("     ")) {
                        hex.append(line.substring(5).strip());
                    } else if (!hex.isEmpty()) {
                        byte[] bytes = HexText.parse(hex.toString());
                        if (bytes.length > Frame.HEADER + 4 && bytes[18] == Update.TYPE) {
                            seeds.add(bytes);
                        }
                        hex.setLength(0);
                    }
                }
            }
        }
        return seeds;
    }
}
