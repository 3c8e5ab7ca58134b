package io.siteswap.bgp.speaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.rib.Relation;
import io.siteswap.bgp.rib.Source;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attribute;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Communities;
import io.siteswap.bgp.wire.Community;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.LocalPref;
import io.siteswap.bgp.wire.MultiExitDisc;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.OnlyToCustomer;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.UnknownAttribute;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.UpdatePacker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Best routes on their way to a neighbour that gets them all. */
class PassedOnTest {

    private static final Prefix A = Prefix.parse("203.0.113.0/24");
    private static final Prefix B = Prefix.parse("198.51.100.0/24");
    private static final Prefix OWN = Prefix.parse("198.18.200.0/24");
    private static final Address US = Address.parse("198.18.1.1");
    private static final Peer ISP = peer("isp", 64510, true);
    private static final Peer PEER = peer("peer", 64520, true);

    private final Speaker speaker = new Speaker(64500, Ladder.standard(),
            Map.of(OWN, new Stance("withdrawn", 0)));

    private static Peer peer(String name, long as, boolean external) {
        Address address = Address.parse("198.18.9." + as % 100);
        return new Peer(new Source(name, as, external, address, address),
                new Context(true, external), List.of(Family.IPV4_UNICAST), List.of(US));
    }

    private static Update update(List<Prefix> prefixes, Attribute... more) {
        List<Attribute> attributes = new ArrayList<>(List.of(more));
        attributes.add(new Origin(Origin.Source.IGP));
        attributes.add(AsPath.of(List.of(64510L, 64511L)));
        attributes.add(new NextHop(Address.parse("198.18.9.10")));
        return new Update(List.of(), new Attributes(attributes), prefixes);
    }

    /** What a neighbour is sent now. */
    private List<Update> sent(Peer to) {
        List<Update> updates = new ArrayList<>();
        for (Output output : speaker.batch(0, 1 << 16)) {
            Output.Send send = (Output.Send) output;
            assertEquals(List.of(to.name()), send.peers());
            List<Update> some = Messages.updates(send.messages(), to.context());
            assertEquals(some.size(), send.updates());
            updates.addAll(some);
        }
        return updates;
    }

    private Peer up(Peer peer) {
        speaker.up(peer);
        sent(peer);
        return peer;
    }

    @Test
    void theTableThenItsEndThenChanges() {
        speaker.up(ISP);
        speaker.received("isp", update(List.of(A, B, OWN)));
        Peer all = PEER.with(ExportScope.ALL);
        assertEquals(List.of(), speaker.up(all), "nothing of our own, and the end comes later");
        List<Update> table = sent(all);
        assertEquals(2, table.size(), table::toString);
        assertEquals(List.of(A, B), table.get(0).announced(), "without the own prefix");
        assertEquals(Optional.of(Family.IPV4_UNICAST), table.get(1).endsRib());
        assertEquals(2, speaker.announced("peer"));

        speaker.received("isp", new Update(List.of(A), Attributes.NONE, List.of()));
        assertTrue(speaker.pending());
        assertEquals(List.of(A), sent(all).getFirst().withdrawn());
        speaker.down("isp");
        assertEquals(List.of(B), sent(all).getFirst().withdrawn());
        assertFalse(speaker.pending());
        assertEquals(0, speaker.announced("peer"));
    }

    @Test
    void whatANeighbourWasToldIsThereForWhoAsksLater() {
        up(ISP);
        Peer all = up(PEER.with(ExportScope.ALL));
        speaker.received("isp", update(List.of(A, B, OWN)));
        assertEquals(List.of(), told(all), "it is not told yet");
        List<Update> sent = sent(all);
        List<Update> told = told(all);
        assertEquals(List.of(A, B),
                told.stream().flatMap(update -> update.announced().stream()).toList());
        told.forEach(update -> assertEquals(sent.getFirst().attributes(), update.attributes()));
        speaker.received("isp", new Update(List.of(A), Attributes.NONE, List.of()));
        sent(all);
        assertEquals(List.of(B), told(all).getFirst().announced());
    }

    /** In slices of one. */
    private List<Update> told(Peer peer) {
        UpdatePacker out = new UpdatePacker(peer.context());
        Optional<Integer> next = Optional.of(0);
        while (next.isPresent()) {
            next = speaker.passedOn(peer.name(), Family.IPV4_UNICAST, next.get(), 1, out);
        }
        return Messages.updates(ByteBuffer.wrap(out.finish()), peer.context());
    }

    @Test
    void anotherAsGetsOurAsOurNextHopAndNothingOfOurInside() {
        up(ISP);
        Peer all = up(PEER.with(ExportScope.ALL));
        speaker.received("isp", update(List.of(A), new MultiExitDisc(7),
                new UnknownAttribute(99, 0xC0, Octets.hex("00ff"))));
        Attributes attributes = sent(all).getFirst().attributes();
        assertEquals(List.of(64500L, 64510L, 64511L),
                attributes.find(AsPath.class).orElseThrow().numbers());
        assertEquals(US, attributes.find(NextHop.class).orElseThrow().address());
        assertEquals(Optional.empty(), attributes.find(MultiExitDisc.class));
        assertEquals(0xE0, attributes.find(UnknownAttribute.class).orElseThrow().flags(),
                "passed on with the partial bit");
    }

    @Test
    void insideTheAsThePathAndTheNextHopStayAndNothingIsReflected() {
        up(ISP);
        Peer one = up(peer("one", 64500, false).with(ExportScope.ALL));
        speaker.received("isp", update(List.of(A), new MultiExitDisc(7)));
        Attributes attributes = sent(one).getFirst().attributes();
        assertEquals(List.of(64510L, 64511L),
                attributes.find(AsPath.class).orElseThrow().numbers());
        assertEquals(Address.parse("198.18.9.10"),
                attributes.find(NextHop.class).orElseThrow().address());
        assertEquals(100, attributes.find(LocalPref.class).orElseThrow().value());
        assertEquals(7, attributes.find(MultiExitDisc.class).orElseThrow().value());

        up(peer("two", 64500, false));
        speaker.received("two", update(List.of(B), new LocalPref(200)));
        assertEquals(List.of(), sent(one), "from inside to inside");
    }

    @Test
    void communitiesThatForbidItAreHeeded() {
        up(ISP);
        Peer all = up(PEER.with(ExportScope.ALL));
        speaker.received("isp", update(List.of(A)));
        sent(all);
        speaker.received("isp",
                update(List.of(A), new Communities(List.of(Community.NO_EXPORT))));
        assertEquals(List.of(A), sent(all).getFirst().withdrawn(), "it may no more");
        speaker.received("isp",
                update(List.of(B), new Communities(List.of(Community.NO_ADVERTISE))));
        assertEquals(List.of(), sent(all));
    }

    @Test
    void whatCameFromAboveGoesToCustomersOnly() {
        up(ISP.with(Relation.PROVIDER));
        Peer beside = PEER.with(ExportScope.ALL).with(Relation.PEER);
        speaker.up(beside);
        sent(beside);
        speaker.received("isp", update(List.of(A)));
        assertEquals(List.of(), sent(beside));
        speaker.down("peer");
        Peer below = up(peer("shop", 64530, true).with(ExportScope.ALL)
                .with(Relation.CUSTOMER));
        speaker.received("isp", update(List.of(B)));
        assertEquals(64510, sent(below).getFirst().attributes().find(OnlyToCustomer.class)
                .orElseThrow().as());
        speaker.received("shop", update(List.of(B), new OnlyToCustomer(64510)));
        assertEquals("isp", speaker.rib().best(B).orElseThrow().best().source().peer(),
                "from a customer it is a leak");
    }

    @Test
    void whoReadsSlowlyIsToldTheLastStateOnce() {
        up(ISP);
        Peer all = up(PEER.with(ExportScope.ALL));
        speaker.writable("peer", false);
        for (int i = 0; i < 100; i++) {
            speaker.received("isp", update(List.of(A), new MultiExitDisc(i)));
            speaker.received("isp", update(List.of(B)));
            assertEquals(List.of(), sent(all));
        }
        assertFalse(speaker.pending(), "nothing to do until it reads again");
        speaker.received("isp", new Update(List.of(B), Attributes.NONE, List.of()));
        speaker.writable("peer", true);
        List<Update> updates = sent(all);
        assertEquals(1, updates.size(), "B came and went unseen");
        assertEquals(List.of(A), updates.getFirst().announced());
    }

    @Test
    void manyRoutesOfOnePathShareMessagesToTheLastOctet() {
        up(ISP);
        Peer all = up(PEER.with(ExportScope.ALL));
        List<Prefix> many = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            many.add(new Prefix(Address.v4(0xC6000000 + (i << 8)), 24));
        }
        for (int from = 0; from < 3000; from += 500) {
            speaker.received("isp", update(many.subList(from, from + 500)));
        }
        List<Update> updates = sent(all);
        assertEquals(3000, updates.stream().mapToInt(u -> u.announced().size()).sum());
        assertTrue(updates.size() <= 6, "in " + updates.size() + " messages");
    }
}
