package io.siteswap.bgp.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.Await;
import io.siteswap.bgp.app.OwnSeenView;
import io.siteswap.bgp.app.RouteView;
import io.siteswap.bgp.app.SeenView;
import io.siteswap.bgp.app.SpeakerConfig;
import io.siteswap.bgp.app.SpeakerConfig.Neighbor;
import io.siteswap.bgp.app.SpeakerConfig.Origination;
import io.siteswap.bgp.app.SpeakerDaemon;
import io.siteswap.bgp.interop.ForeignSpeaker.Sent;
import io.siteswap.bgp.net.Veth;
import io.siteswap.bgp.speaker.Ladder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against BIRD 2. */
class BirdInteropTest extends InteropSuite {

    @Override
    Program program() {
        return Bird.PROGRAM;
    }

    @Override
    ForeignSpeaker launch(Setup setup) {
        return new Bird(setup);
    }

    @Override
    int longestPath() {
        return 300;
    }

    /** The other site of the same AS, to which BIRD passes on what it took of the first one's. */
    private static SpeakerConfig otherSite(Setup setup, String address) {
        Neighbor bird = new Neighbor("transit", setup.address(), setup.port(), setup.as(), false,
                Optional.of(address), Optional.of(Setup.NEXT_HOP));
        return new SpeakerConfig("other", setup.ourAs(), "198.18." + setup.number() + ".2",
                Optional.empty(), Setup.HOLD, Duration.ofMillis(200), List.of(bird),
                Ladder.standard(),
                List.of(new Origination(Setup.PREFIX, "shop", "withdrawn")),
                setup.dir().resolve("other.stances"), setup.dir().resolve("other.sock"));
    }

    private static Optional<SeenView> seen(SpeakerDaemon site) {
        List<OwnSeenView> all = site.seen(Optional.empty());
        assertEquals(List.of(Setup.PREFIX), all.stream().map(OwnSeenView::own).toList());
        return all.getFirst().routes().stream().findFirst();
    }

    private static void awaitPrepends(SpeakerDaemon site, int prepends) {
        Await.until(prepends + " prepends come back",
                () -> seen(site).flatMap(SeenView::prepends).equals(Optional.of(prepends)));
    }

    /**
     * RFC 2545, both ways, with link-local addresses only: BIRD takes none that it has itself, and it
     * has every other one of this machine.
     */
    @Test
    void overALinkLocalSession() throws Exception {
        Setup setup = Setup.plain(dir).overSix();
        try (Veth link = Veth.create(); LoopbackSix _ = LoopbackSix.of(setup)) {
            String session = """
                    protocol bgp second {
                      local %s port %d as %d;
                      neighbor %s%%%s as %d;
                      strict bind yes;
                      passive on;
                      hold time 3;
                      ipv6 { import all; export where source = RTS_STATIC; };
                    }
                    """.formatted(link.address(1), setup.port(), setup.as(), link.address(0),
                    link.name(1), setup.ourAs());
            try (Bird bird = new Bird(setup, session)) {
                bird.start();
                try (SpeakerDaemon us = SpeakerDaemon.start(onLink(setup, link))) {
                    String next = "via " + link.address(0) + " on " + link.name(1);
                    Await.until("our route", () -> bird
                            .birdc("show", "route", Setup.PREFIX_SIX, "all").contains(next));
                    bird.announce(Sent.plain(THEIRS_SIX));
                    RouteView route = Await.value("its route", () -> us.best(THEIRS_SIX));
                    assertEquals(link.address(1), route.nextHop(), "it has no other address");
                }
            }
        }
    }

    private static SpeakerConfig onLink(Setup setup, Veth link) {
        Neighbor bird = new Neighbor("peer", link.address(1) + "%" + link.name(0), setup.port(),
                setup.as(), false, Optional.of(link.address(0) + "%" + link.name(0)),
                Optional.empty());
        return new SpeakerConfig("us", setup.ourAs(), "198.18." + setup.number() + ".1",
                Optional.empty(), Setup.HOLD, Duration.ofMillis(200), List.of(bird),
                Ladder.standard(),
                List.of(new Origination(Setup.PREFIX_SIX, "shop", "normal")),
                setup.dir().resolve("us.stances"), setup.dir().resolve("us.sock"));
    }

    @Test
    void oneSiteSeesWhatTheNetworkTookOfTheOther() throws Exception {
        Setup setup = Setup.plain(dir);
        String second = "127.60." + setup.number() + ".2";
        String glass = """
                protocol bgp second {
                  local %s port %d as %d;
                  neighbor %s as %d;
                  multihop 2;
                  strict bind yes;
                  passive on;
                  hold time 3;
                  ipv4 { import all; export all; };
                }
                """.formatted(setup.address(), setup.port(), setup.as(), second, setup.ourAs());
        Bird bird = new Bird(setup, glass);
        try (bird) {
            bird.start();
            try (SpeakerDaemon one = us(setup);
                    SpeakerDaemon two = SpeakerDaemon.start(otherSite(setup, second))) {
                awaitPrepends(two, 2);
                SeenView view = seen(two).orElseThrow();
                assertEquals("own-as", view.verdict());
                assertEquals(List.of("64510", "64500", "64500", "64500"), view.asPath());
                assertTrue(two.routes().isEmpty(), "a loop is no route");

                one.setStance("shop", 1, Setup.PREFIX, "drain");
                awaitPrepends(two, 6);
                assertEquals(List.of("65535:0"), seen(two).orElseThrow().communities());

                // Now the network prefers the second site, and shows that to the first.
                two.setStance("shop", 1, Setup.PREFIX, "best");
                awaitPrepends(one, 0);
                Await.until("no longer at the second", () -> seen(two).isEmpty());

                two.setStance("shop", 2, Setup.PREFIX, "withdrawn");
                awaitPrepends(two, 6);
                Await.until("no longer at the first", () -> seen(one).isEmpty());
            }
        }
    }
}
