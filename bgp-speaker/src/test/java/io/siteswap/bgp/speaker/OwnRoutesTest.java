package io.siteswap.bgp.speaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.rib.Source;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Community;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.ExtendedCommunities;
import io.siteswap.bgp.wire.ExtendedCommunity;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.LargeCommunities;
import io.siteswap.bgp.wire.LargeCommunities.Large;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rungs, more-specifics and many neighbours. */
class OwnRoutesTest {

    private static final Prefix WIDE = Prefix.parse("198.51.100.0/23");
    private static final Context AGREED = new Context(true, true);

    private static Peer peer(String name, Context context) {
        Address address = Address.parse("198.18.9.9");
        return new Peer(new Source(name, true, address, address), context,
                List.of(Family.values()),
                List.of(Address.parse("198.18.1.1"), Address.parse("2001:db8::1")));
    }

    private static Ladder ladder(Rung special) {
        Map<String, Rung> rungs = new LinkedHashMap<>(Ladder.standard().rungs());
        rungs.put("special", special);
        return new Ladder(rungs);
    }

    private static List<Update> updates(Output output, Context context) {
        return Messages.updates(((Output.Send) output).messages(), context);
    }

    @Test
    void aRungMayHaveEveryKindOfCommunityAndItsOwnNextHop() {
        Address hop = Address.parse("198.18.7.7");
        Rung rung = Rung.prepended(0).withLarge(List.of(new Large(64500, 1, 2)))
                .withExtended(List.of(ExtendedCommunity.parse("rt:64500:7")))
                .withNextHops(List.of(hop));
        Speaker speaker = new Speaker(64500, ladder(rung),
                Map.of(WIDE, new Stance("special", 1)));
        Update update = updates(speaker.up(peer("isp", AGREED)).getFirst(), AGREED).getFirst();
        assertEquals(rung.large(),
                update.attributes().find(LargeCommunities.class).orElseThrow().values());
        assertEquals(rung.extended(),
                update.attributes().find(ExtendedCommunities.class).orElseThrow().values());
        assertEquals(hop, update.attributes().find(NextHop.class).orElseThrow().address());
    }

    @Test
    void moreSpecificsComeAndGoWithTheirRung() {
        Rung rung = Rung.prepended(0)
                .withMoreSpecifics(new MoreSpecifics(List.of(24), List.of()));
        Speaker speaker = new Speaker(64500, ladder(rung),
                Map.of(WIDE, new Stance("special", 1)));
        Update table = updates(speaker.up(peer("isp", AGREED)).getFirst(), AGREED).getFirst();
        List<Prefix> both = List.of(Prefix.parse("198.51.100.0/24"),
                Prefix.parse("198.51.101.0/24"));
        assertEquals(List.of(WIDE, both.get(0), both.get(1)), table.announced());
        List<Update> normal = updates(
                speaker.stances(Map.of(WIDE, new Stance("normal", 2))).getFirst(), AGREED);
        assertEquals(List.of(WIDE), normal.get(0).announced());
        assertEquals(both, normal.get(1).withdrawn());
        assertEquals(3, updates(speaker.stances(Map.of(WIDE, new Stance("special", 3)))
                .getFirst(), AGREED).getFirst().announced().size());
        List<Update> gone = updates(
                speaker.stances(Map.of(WIDE, new Stance("withdrawn", 4))).getFirst(), AGREED);
        assertEquals(3, gone.stream().mapToInt(u -> u.withdrawn().size()).sum());
    }

    @Test
    void moreSpecificsOfIpv6CrossTheHalvesOfAnAddress() {
        assertEquals(List.of("2001:db8::/66", "2001:db8:0:0:4000::/66", "2001:db8:0:0:8000::/66",
                "2001:db8:0:0:c000::/66"),
                new MoreSpecifics(List.of(66), List.of()).of(Prefix.parse("2001:db8::/64"))
                        .stream().map(Prefix::toString).toList());
        assertEquals(256, new MoreSpecifics(List.of(40, 41), List.of())
                .of(Prefix.parse("2001:db8::/32")).size());
    }

    @Test
    void fiveHundredNeighboursShareOneEncoding() {
        Speaker speaker = new Speaker(64500, Ladder.standard(),
                Map.of(WIDE, new Stance("normal", 1)));
        for (int i = 0; i < 500; i++) {
            speaker.up(peer("isp" + i, i % 2 == 0 ? AGREED : new Context(false, true)));
        }
        List<Output> outputs = speaker.stances(Map.of(WIDE, new Stance("best", 2)));
        assertEquals(2, outputs.size(), "one for each way to write an AS number");
        Output.Send send = (Output.Send) outputs.getFirst();
        assertEquals(250, send.peers().size());
        assertEquals(List.of(WIDE), updates(send, AGREED).getFirst().announced());
    }

    @Test
    void aStanceThatDoesNotFitIsRefusedBeforeItIsSent() {
        Rung rung = new Rung(0, Collections.nCopies(1020, Community.NO_PEER), Optional.empty(),
                false);
        Speaker speaker = new Speaker(64500, ladder(rung), Map.of(WIDE, new Stance("best", 1)));
        Map<Prefix, Stance> wanted = Map.of(WIDE, new Stance("special", 2));
        assertEquals(Optional.empty(), speaker.refusal(wanted), "nobody is up");
        Context large = AGREED.withExtendedMessages(true);
        speaker.up(peer("modern", large));
        assertEquals(Optional.empty(), speaker.refusal(wanted));
        speaker.up(peer("isp", AGREED));
        assertEquals(Optional.of("The rung 'special' with all its communities does not fit in a"
                + " message to neighbour 'isp': shorten it."), speaker.refusal(wanted));
        assertEquals(Optional.empty(),
                speaker.refusal(Map.of(WIDE, new Stance("withdrawn", 2))));
    }

    @Test
    void messagesAreFullToTheLastPrefixThatFits() {
        Map<Prefix, Stance> many = new LinkedHashMap<>();
        for (int i = 0; i < 40_000; i++) {
            many.put(new Prefix(Address.v4(0x0A000000 + (i << 8)), 24), new Stance("best", 1));
        }
        for (Context context : List.of(AGREED, AGREED.withExtendedMessages(true))) {
            Speaker speaker = new Speaker(64500, Ladder.standard(), many);
            List<Update> sent = updates(speaker.up(peer("isp", context)).getFirst(), context);
            int most = context.maxLength(Update.TYPE);
            // 23 octets of lengths, ORIGIN 4, AS_PATH 9, NEXT_HOP 7; 4 for each prefix.
            int fit = (most - 23 - 20) / 4;
            assertEquals(fit, sent.getFirst().announced().size());
            assertEquals((40_000 + fit - 1) / fit, sent.size());
            assertTrue(sent.getLast().announced().size() <= fit);
        }
    }

    @Test
    void theSameStancesGiveTheSameBytes() {
        assertEquals(table(), table());
    }

    private static ByteBuffer table() {
        Speaker speaker = new Speaker(64500, Ladder.standard(),
                Map.of(WIDE, new Stance("normal", 1)));
        return ((Output.Send) speaker.up(peer("isp", AGREED)).getFirst()).messages();
    }
}
