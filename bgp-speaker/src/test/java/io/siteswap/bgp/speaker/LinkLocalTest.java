package io.siteswap.bgp.speaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.rib.Rejection;
import io.siteswap.bgp.rib.Route;
import io.siteswap.bgp.rib.Source;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.MessageEncoder;
import io.siteswap.bgp.wire.MpReach;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pair of next hops of RFC 2545 section 3, taken and told. */
class LinkLocalTest {

    private static final Context AGREED = new Context(true, true);
    private static final Prefix OWN = Prefix.parse("2001:db8:1::/48");
    private static final Prefix THEIRS = Prefix.parse("2001:db8:2::/48");
    private static final Address GLOBAL = Address.parse("2001:db8::1");
    private static final Address LINK = Address.parse("fe80::1");
    private static final Address THEIR_GLOBAL = Address.parse("2001:db8::9");
    private static final Address THEIR_LINK = Address.parse("fe80::9");
    private static final Address NONE = Address.parse("::");

    private final Speaker speaker = new Speaker(64500, ladder(), Map.of(OWN, on("normal")));

    private static Ladder ladder() {
        Map<String, Rung> rungs = new LinkedHashMap<>(Ladder.standard().rungs());
        rungs.put("elsewhere",
                Rung.prepended(0).withNextHops(List.of(Address.parse("2001:db8::7"))));
        return new Ladder(rungs);
    }

    private static Stance on(String rung) {
        return new Stance(rung, 1);
    }

    private static Peer peer(String name, boolean external, Address... hops) {
        Address id = Address.parse("198.18.9." + name.length());
        return new Peer(new Source(name, external ? 64510 : 64500, external, id, THEIR_LINK),
                new Context(true, external), List.of(Family.IPV6_UNICAST), List.of(hops));
    }

    /** Next hop and link-local one of what is sent. */
    private static List<String> hops(List<Output> outputs) {
        return outputs.stream().map(Output.Send.class::cast)
                .flatMap(s -> Messages.updates(s.messages(),
                        new Context(true, !s.peers().equals(List.of("inside")))).stream())
                .flatMap(u -> u.attributes().find(MpReach.class).stream())
                .map(r -> r.prefixes() + " " + r.nextHop()
                        + r.linkLocal().map(l -> " " + l).orElse(""))
                .toList();
    }

    @Test
    void aNeighbourOnTheLinkIsToldBoth() {
        assertEquals(List.of("[" + OWN + "] 2001:db8::1 fe80::1"),
                hops(speaker.up(peer("isp", true, GLOBAL, LINK))));
        assertEquals(List.of("[" + OWN + "] 2001:db8::1"),
                hops(speaker.up(peer("far", true, GLOBAL))));
        assertEquals(List.of("[" + OWN + "] fe80::1 fe80::1"),
                hops(speaker.up(peer("bare", true, LINK))), "there is no global one");
    }

    /** Our link-local address would draw to us what shall go to the other host. */
    @Test
    void theNextHopOfARungIsAnotherHost() {
        List<Output> _ = speaker.up(peer("isp", true, GLOBAL, LINK));
        assertEquals(List.of("[" + OWN + "] 2001:db8::7"),
                hops(speaker.stances(Map.of(OWN, on("elsewhere")))));
    }

    private void receive(boolean bytes, Address hop, Optional<Address> linkLocal) {
        Update update = new Update(List.of(), Attributes.of(new Origin(Origin.Source.IGP),
                AsPath.of(List.of(64510L)),
                new MpReach(Family.IPV6_UNICAST, hop, linkLocal, List.of(THEIRS))), List.of());
        if (bytes) {
            ByteBuffer encoded = MessageEncoder.encode(update, AGREED);
            byte[] message = new byte[encoded.remaining()];
            encoded.get(message);
            assertTrue(speaker.received("isp", message, Frame.HEADER, message.length));
        } else {
            speaker.received("isp", update);
        }
    }

    private Optional<Route> best() {
        return speaker.rib().best(THEIRS).map(choice -> choice.best());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothAreTakenAndTheGlobalOneIsUsed(boolean bytes) {
        List<Output> _ = speaker.up(peer("isp", true, GLOBAL, LINK));
        receive(bytes, THEIR_GLOBAL, Optional.of(THEIR_LINK));
        assertEquals(Optional.of(THEIR_GLOBAL), best().orElseThrow().nextHop());
        assertEquals(Optional.of(THEIR_LINK), best().orElseThrow().attributes()
                .find(MpReach.class).orElseThrow().linkLocal());
        receive(bytes, NONE, Optional.of(THEIR_LINK));
        assertEquals(Optional.of(THEIR_LINK), best().orElseThrow().nextHop());
        receive(bytes, THEIR_LINK, Optional.of(THEIR_LINK));
        assertEquals(Optional.of(THEIR_LINK), best().orElseThrow().nextHop());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nowhereIsNoNextHop(boolean bytes) {
        List<Output> _ = speaker.up(peer("isp", true, GLOBAL, LINK));
        receive(bytes, NONE, Optional.empty());
        receive(bytes, NONE, Optional.of(THEIR_GLOBAL));
        assertEquals(Optional.empty(), best());
        assertEquals(2, speaker.rib().rejected("isp", Rejection.NEXT_HOP));
    }

    /** It is of another link. */
    @Test
    void aReceivedLinkLocalNextHopIsPassedOnToNobody() {
        List<Output> _ = speaker.up(peer("isp", true, GLOBAL, LINK));
        List<Output> _ = speaker.up(peer("inside", false, GLOBAL).with(ExportScope.ALL));
        List<Output> _ = speaker.up(peer("customer", true, GLOBAL, LINK).with(ExportScope.ALL));
        List<Output> _ = speaker.batch(0, 1 << 16);
        receive(true, THEIR_GLOBAL, Optional.of(THEIR_LINK));
        assertEquals(List.of("[" + THEIRS + "] 2001:db8::9", "[" + THEIRS
                + "] 2001:db8::1 fe80::1"), hops(speaker.batch(0, 1 << 16)));
        receive(true, NONE, Optional.of(THEIR_LINK));
        assertEquals(List.of("[" + THEIRS + "] 2001:db8::1"),
                hops(speaker.batch(0, 1 << 16)).subList(0, 1));
    }
}
