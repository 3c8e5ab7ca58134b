package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.rib.ImportOptions;
import io.siteswap.bgp.rtr.Pdu;
import io.siteswap.bgp.rtr.RtrOptions;
import io.siteswap.bgp.rtr.net.FakeCache;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running speaker that asks an RPKI cache. */
class RpkiWatchTest {

    private static final String US = "127.45.2.1";
    private static final String PEER = "127.45.2.9";
    private static final String CACHE = "127.45.2.31";
    private static final String INVALID = "203.0.113.0/24 originated by AS64500 is RPKI-invalid:"
            + " the covering ROA 203.0.112.0/22 max 22 names AS64499.";
    private static final Prefix ROUTE = Prefix.parse("198.51.100.0/24");

    @TempDir
    Path dir;

    private SpeakerDaemon speaker(FakeCache cache, SpeakerOptions.OwnInvalid ownInvalid,
            SpeakerConfig.Neighbor... neighbors) throws Exception {
        return SpeakerDaemon.start(Configs.site(dir, "dc1", US, Optional.empty(), neighbors)
                .with(SpeakerOptions.DEFAULTS.withRtr(new SpeakerOptions.Rtr(
                        RtrOptions.of(List.of(cache.where())), ownInvalid))));
    }

    private static void says(FakeCache cache, int serial, Pdu... pdus) throws Exception {
        if (serial > 1) {
            cache.send(1, new Pdu.SerialNotify(7, serial));
        }
        cache.receive();
        cache.send(1, new Pdu.CacheResponse(7)).send(1, pdus).send(1, FakeCache.end(7, serial));
    }

    private static Optional<String> rpki(SpeakerDaemon speaker) {
        return speaker.stances().getFirst().rpki();
    }

    @Test
    void anOwnPrefixThatTurnsInvalidIsSaidShownAndRefusedUntilItIsWithdrawn() throws Exception {
        BlockingQueue<SpeakerEvent> events = new LinkedBlockingQueue<>();
        try (FakeCache cache = new FakeCache(CACHE);
                SpeakerDaemon speaker = speaker(cache, SpeakerOptions.OwnInvalid.REFUSE);
                AutoCloseable _ = speaker.listen(events::add)) {
            assertEquals(Optional.of("unknown"), rpki(speaker));
            says(cache.accept(), 1, FakeCache.prefix(true, "203.0.113.0/24", 24, 64500));
            assertEquals("valid", next(events).validity());
            assertEquals(Optional.of("valid"), rpki(speaker));
            says(cache, 2, FakeCache.prefix(false, "203.0.113.0/24", 24, 64500),
                    FakeCache.prefix(true, "203.0.112.0/22", 22, 64499));
            assertEquals(new SpeakerEvent.Rpki(Configs.PREFIX, "invalid", INVALID), next(events));
            assertEquals(Optional.of("invalid"), rpki(speaker));
            assertEquals(new StanceReply.Refused(INVALID),
                    speaker.setStance("shop", 1, Configs.PREFIX, "best"));
            assertEquals(new StanceReply.Accepted(Configs.PREFIX, "withdrawn", 2),
                    speaker.setStance("shop", 2, Configs.PREFIX, "withdrawn"));
            says(cache, 3, FakeCache.prefix(false, "203.0.112.0/22", 22, 64499));
            assertEquals("unknown", next(events).validity());
            assertEquals(new StanceReply.Accepted(Configs.PREFIX, "best", 3),
                    speaker.setStance("shop", 3, Configs.PREFIX, "best"));
        }
    }

    private static SpeakerEvent.Rpki next(BlockingQueue<SpeakerEvent> events) throws Exception {
        while (true) {
            SpeakerEvent event = Optional.ofNullable(events.poll(20, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("nothing happened in 20 s"));
            if (event instanceof SpeakerEvent.Rpki rpki) {
                return rpki;
            }
        }
    }

    @Test
    void aCacheThatCannotBeReachedRefusesNothing() throws Exception {
        try (FakeCache cache = new FakeCache(CACHE)) {
            cache.die();
            try (SpeakerDaemon speaker = speaker(cache, SpeakerOptions.OwnInvalid.REFUSE)) {
                assertEquals(new StanceReply.Accepted(Configs.PREFIX, "best", 1),
                        speaker.setStance("shop", 1, Configs.PREFIX, "best"));
                assertEquals(Optional.of("unknown"), rpki(speaker));
            }
        }
    }

    @Test
    void warnOnlyWarns() throws Exception {
        try (FakeCache cache = new FakeCache(CACHE);
                SpeakerDaemon speaker = speaker(cache, SpeakerOptions.OwnInvalid.WARN)) {
            says(cache.accept(), 1, FakeCache.prefix(true, "203.0.112.0/22", 22, 64499));
            Await.until("it is invalid",
                    () -> rpki(speaker).equals(Optional.of("invalid")));
            assertEquals(new StanceReply.Accepted(Configs.PREFIX, "best", 1),
                    speaker.setStance("shop", 1, Configs.PREFIX, "best"));
        }
    }

    @Test
    void aReceivedRouteIsJudgedAgainWhenTheDataChanges() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName(PEER));
                FakeCache cache = new FakeCache(CACHE);
                SpeakerDaemon speaker = speaker(cache, SpeakerOptions.OwnInvalid.WARN, Configs
                        .neighbor("raw", PEER, listener.getLocalPort(), 64510, false, US)
                        .with(NeighborOptions.DEFAULTS
                                .with(ImportOptions.EVERYTHING.withRejectInvalid(true))));
                RawPeer peer = new RawPeer(listener).establish()) {
            peer.send(new Update(List.of(), Attributes.of(new Origin(Origin.Source.IGP),
                    AsPath.of(List.of(64510L)), new NextHop(Address.parse(PEER))),
                    List.of(ROUTE)));
            Await.until("the route", () -> speaker.best(ROUTE.toString()).isPresent());
            says(cache.accept(), 1, FakeCache.prefix(true, "198.51.100.0/24", 24, 64499));
            Await.until("it is not used", () -> speaker.best(ROUTE.toString()).isEmpty());
            assertTrue(speaker.neighbors().getFirst().received() > 0);
            says(cache, 2, FakeCache.prefix(true, "198.51.100.0/24", 24, 64510));
            Await.until("it is used again",
                    () -> speaker.best(ROUTE.toString()).isPresent());
        }
    }
}
