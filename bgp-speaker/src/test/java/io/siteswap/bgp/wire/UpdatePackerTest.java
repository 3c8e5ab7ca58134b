package io.siteswap.bgp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdatePackerTest {

    private static final Context PLAIN = new Context(true, true);
    /** Of a message of 4096 octets, communities fill so many times 4. */
    private static final int MANY = 950;

    @ParameterizedTest
    @EnumSource(Family.class)
    void whateverTheSizeItReadsBackAsItWasPut(Family family) {
        for (int seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            Attributes path = path(family, random.nextInt(MANY));
            Set<Prefix> prefixes = prefixes(family, 1 + random.nextInt(3000), random);
            UpdatePacker out = new UpdatePacker(PLAIN);
            out.announce(family, path);
            prefixes.forEach(out::add);
            out.withdraw(family);
            out.add(prefixes.iterator().next());
            List<Update> updates = read(out.finish());
            assertEquals(updates.size(), out.messages(), "seed " + seed);
            Update last = updates.removeLast();
            assertEquals(Set.of(prefixes.iterator().next()), Set.copyOf(withdrawn(last)));
            Set<Prefix> told = new HashSet<>();
            updates.forEach(update -> told.addAll(announced(update)));
            assertEquals(prefixes, told, "seed " + seed);
            updates.forEach(update -> assertEquals(path.without(MpReach.class),
                    update.attributes().without(MpReach.class)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1020, 5000})
    void attributesThatFillAMessageAreNeverSentShort(int communities) {
        UpdatePacker out = new UpdatePacker(PLAIN);
        Prefix prefix = Prefix.parse("198.51.100.0/24");
        out.announce(Family.IPV4_UNICAST, path(Family.IPV4_UNICAST, communities));
        assertFalse(out.hasRoom());
        assertThrows(IllegalStateException.class, () -> out.add(prefix));
    }

    @Test
    void afterAttributesThatDoNotFitItGoesOn() {
        UpdatePacker out = new UpdatePacker(PLAIN);
        Prefix prefix = Prefix.parse("198.51.100.0/24");
        out.announce(Family.IPV4_UNICAST, path(Family.IPV4_UNICAST, 5000));
        out.withdraw(Family.IPV4_UNICAST);
        out.add(prefix);
        List<Update> updates = read(out.finish());
        assertEquals(List.of(prefix), updates.getFirst().withdrawn());
        assertEquals(1, updates.size());
        assertTrue(out.hasRoom());
    }

    private static Attributes path(Family family, int communities) {
        List<Attribute> all = new ArrayList<>(List.of(new Origin(Origin.Source.IGP),
                AsPath.repeat(64496, 3)));
        if (communities > 0) {
            all.add(new Communities(IntStream.range(0, communities)
                    .mapToObj(i -> Community.parse("64496:" + i)).toList()));
        }
        all.add(family == Family.IPV4_UNICAST
                ? new NextHop(Address.parse("198.51.100.1"))
                : MpReach.via(family, Address.parse("2001:db8::1"), List.of()));
        return new Attributes(all);
    }

    private static Set<Prefix> prefixes(Family family, int count, Random random) {
        Set<Prefix> all = new HashSet<>();
        for (int i = 0; i < count; i++) {
            all.add(Prefix.parse(family == Family.IPV4_UNICAST
                    ? "198." + (18 + random.nextInt(2)) + "." + random.nextInt(256) + "."
                            + random.nextInt(256) + "/32"
                    : "2001:db8:" + Integer.toHexString(random.nextInt(65536)) + "::/48"));
        }
        return all;
    }

    private static List<Update> read(byte[] messages) {
        List<Update> updates = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(messages);
        while (Frame.next(in, PLAIN) instanceof Frame.Complete frame) {
            Decoded.Ok decoded = (Decoded.Ok) MessageDecoder.decode(frame, PLAIN);
            assertEquals(List.of(), decoded.tolerated());
            updates.add((Update) decoded.message());
        }
        assertFalse(in.hasRemaining());
        return updates;
    }

    private static List<Prefix> announced(Update update) {
        return update.attributes().find(MpReach.class).map(MpReach::prefixes)
                .orElse(update.announced());
    }

    private static List<Prefix> withdrawn(Update update) {
        return update.attributes().find(MpUnreach.class).map(MpUnreach::prefixes)
                .orElse(update.withdrawn());
    }
}
