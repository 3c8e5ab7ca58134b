package io.siteswap.bgp.speaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.rib.Source;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Communities;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.LocalPref;
import io.siteswap.bgp.wire.MpReach;
import io.siteswap.bgp.wire.MultiExitDisc;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpeakerTest {

    private static final Prefix A = Prefix.parse("203.0.113.0/24");
    private static final Prefix B = Prefix.parse("198.51.100.0/24");
    private static final Prefix SIX = Prefix.parse("2001:db8:1::/48");
    private static final Context AGREED = new Context(true, true);
    private static final Peer ISP = new Peer(source("isp", true), AGREED,
            List.of(Family.values()),
            List.of(Address.parse("198.18.1.1"), Address.parse("2001:db8::1")));
    private static final Peer OLD = new Peer(source("old", true), AGREED,
            List.of(Family.IPV4_UNICAST), List.of(Address.parse("198.18.1.1")));

    private static Source source(String name, boolean external) {
        return new Source(name, external, Address.parse("198.18.9.9"),
                Address.parse("198.18.9.9"));
    }

    private static Speaker speaker(Map<Prefix, Stance> stances) {
        return new Speaker(64500, Ladder.standard(), stances);
    }

    private static Stance on(String rung) {
        return new Stance(rung, 1);
    }

    private static List<Update> updates(List<Output> outputs) {
        return outputs.stream()
                .flatMap(o -> Messages.updates(((Output.Send) o).messages(), AGREED).stream())
                .toList();
    }

    @Test
    void theTableComesBeforeItsEndInEveryFamily() {
        Map<Prefix, Stance> stances = new LinkedHashMap<>();
        stances.put(A, on("backup"));
        stances.put(SIX, on("best"));
        stances.put(B, on("withdrawn"));
        List<Update> sent = updates(speaker(stances).up(ISP));
        assertEquals(4, sent.size());
        assertEquals(List.of(A), sent.get(0).allAnnounced());
        assertEquals(Optional.of(Family.IPV4_UNICAST), sent.get(1).endsRib());
        assertEquals(List.of(SIX), sent.get(2).allAnnounced());
        assertEquals(Optional.of(Family.IPV6_UNICAST), sent.get(3).endsRib());
        assertEquals(Address.parse("2001:db8::1"),
                sent.get(2).attributes().find(MpReach.class).orElseThrow().nextHop());
    }

    @Test
    void aRungIsPrependsCommunitiesAndMed() {
        Ladder ladder = new Ladder(Map.of("odd",
                Rung.of(2, List.of("64510:70"), Optional.of(30L), false)));
        Update update = updates(new Speaker(64500, ladder, Map.of(A, on("odd"))).up(OLD))
                .getFirst();
        assertEquals(List.of(64500L, 64500L, 64500L),
                update.attributes().find(AsPath.class).orElseThrow().numbers());
        assertEquals("64510:70", update.attributes().find(Communities.class).orElseThrow()
                .values().getFirst().toString());
        assertEquals(30,
                update.attributes().find(MultiExitDisc.class).orElseThrow().value());
    }

    @Test
    void insideTheAsThereIsNoPathButALocalPreference() {
        Peer inside = new Peer(source("rr", false), new Context(true, false),
                List.of(Family.IPV4_UNICAST), List.of(Address.parse("198.18.1.1")));
        Output.Send sent = (Output.Send) speaker(Map.of(A, on("backup"))).up(inside).getFirst();
        Update update = Messages.updates(sent.messages(), inside.context()).getFirst();
        assertEquals(0, update.attributes().find(AsPath.class).orElseThrow().length());
        assertTrue(update.attributes().find(LocalPref.class).isPresent());
    }

    @Test
    void severalStancesOfOneRungShareAnUpdate() {
        Speaker speaker = speaker(Map.of(A, on("normal"), B, on("normal")));
        speaker.up(OLD);
        List<Output> outputs = speaker.stances(Map.of(A, on("best"), B, on("best")));
        assertEquals(1, outputs.size());
        assertEquals(2, updates(outputs).getFirst().announced().size());
    }

    @Test
    void aStanceThatChangesNothingIsNotSent() {
        Speaker speaker = speaker(Map.of(A, on("normal")));
        speaker.up(OLD);
        assertEquals(List.of(), speaker.stances(Map.of(A, new Stance("normal", 2))));
        assertEquals(Map.of(A, new Stance("normal", 2)), speaker.stances());
    }

    @Test
    void aWithdrawnRungWithdraws() {
        Speaker speaker = speaker(Map.of(A, on("normal"), SIX, on("normal")));
        speaker.up(ISP);
        List<Update> sent = updates(
                speaker.stances(Map.of(A, on("withdrawn"), SIX, on("withdrawn"))));
        assertEquals(List.of(A), sent.get(0).withdrawn());
        assertEquals(List.of(SIX), sent.get(1).allWithdrawn());
        assertEquals(0, speaker.announced("isp"));
    }

    @Test
    void withoutANextHopOfItsFamilyAPrefixIsNotAnnouncedAndSomeoneIsTold() {
        Peer four = new Peer(source("four", true), AGREED, List.of(Family.values()),
                List.of(Address.parse("198.18.1.1")));
        Output.Unannounced told = speaker(Map.of(SIX, on("best"))).up(four).stream()
                .filter(Output.Unannounced.class::isInstance)
                .map(Output.Unannounced.class::cast).findFirst().orElseThrow();
        assertEquals(SIX, told.prefix());
    }

    @Test
    void manyPrefixesFitInTheirUpdatesWithTheLongestRung() {
        Map<Prefix, Stance> many = new LinkedHashMap<>();
        for (int i = 0; i < 1000; i++) {
            many.put(new Prefix(Address.v6(0x20010db8_0000_0000L | i, (long) i << 32), 128),
                    on("long"));
            many.put(new Prefix(Address.v4(0xC6120000 | i), 32), on("long"));
        }
        Ladder ladder = new Ladder(Map.of("long",
                Rung.of(10, Collections.nCopies(100, "64500:1"), Optional.of(1L),
                        false)));
        List<Update> sent = updates(new Speaker(64500, ladder, many).up(ISP));
        assertEquals(2000, sent.stream().mapToInt(u -> u.allAnnounced().size()).sum());
    }

    @Test
    void moreThanTenPrependsAndUnknownRungsAreRefused() {
        assertEquals("A rung may have 0 to 10 prepends, not 11.",
                assertThrows(IllegalArgumentException.class, () -> Rung.prepended(11))
                        .getMessage());
        assertEquals(
                "There is no rung 'bset': the ladder has best, normal, backup, drain, withdrawn.",
                assertThrows(IllegalArgumentException.class,
                        () -> speaker(Map.of(A, on("bset")))).getMessage());
    }
}
