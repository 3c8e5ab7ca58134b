package io.siteswap.bgp.bfd.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.Await;
import io.siteswap.bgp.bfd.BfdOptions;
import io.siteswap.bgp.bfd.BfdState;
import io.siteswap.bgp.bfd.Change;
import io.siteswap.bgp.bfd.ControlPacket;
import io.siteswap.bgp.bfd.Diagnostic;
import io.siteswap.bgp.bfd.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Services and neighbours of plain sockets on loopback. */
class BfdServiceTest {

    private static final InetAddress A = InetAddress.ofLiteral("127.77.0.1");
    private static final InetAddress B = InetAddress.ofLiteral("127.77.0.2");
    private static final BfdOptions FAST = new BfdOptions(Duration.ofMillis(20),
            Duration.ofMillis(20), 3, false);

    private final Heard heard = new Heard();

    private static SessionView only(BfdService service) {
        return service.views().getFirst();
    }

    @Test
    void twoServicesComeUpWithTheSlowerTimersAndSayGoodbye() throws Exception {
        BfdOptions slow = new BfdOptions(Duration.ofMillis(50), Duration.ofMillis(80), 5, false);
        Heard atB = new Heard();
        try (BfdService a = BfdService.start(BfdAddresses.on(A))) {
            try (BfdService b = BfdService.start(BfdAddresses.on(B))) {
                a.watch("b", B, Optional.of(A), FAST, heard);
                b.watch("a", A, Optional.of(B), slow, atB);
                heard.await(BfdState.UP);
                atB.await(BfdState.UP);
                Await.until("both know each other's timers",
                        () -> only(a).detection().equals(Duration.ofMillis(5 * 50))
                                && only(b).detection().equals(Duration.ofMillis(3 * 80))
                                && only(a).interval().equals(Duration.ofMillis(80))
                                && only(b).interval().equals(Duration.ofMillis(50)));
                long before = only(a).received();
                Await.until("packets flow", () -> only(a).received() > before + 20);
                heard.assertNothing();
            }
            Change change = heard.next();
            assertEquals(new Change(BfdState.UP, BfdState.DOWN,
                    Diagnostic.NEIGHBOR_SIGNALED_DOWN, BfdState.ADMIN_DOWN, false), change);
            assertFalse(change.pathFailed());
        }
    }

    @Test
    void ofAMultihopSessionToo() throws Exception {
        Heard atB = new Heard();
        BfdOptions options = FAST.withMultihop(255);
        try (BfdService a = BfdService.start(BfdAddresses.on(A));
                BfdService b = BfdService.start(BfdAddresses.on(B))) {
            a.watch("b", B, Optional.of(A), options, heard);
            b.watch("a", A, Optional.of(B), options, atB);
            heard.await(BfdState.UP);
            atB.await(BfdState.UP);
        }
    }

    @Test
    void silenceTakesItDownAndTheNeighbourIsTold() throws Exception {
        try (BfdService a = BfdService.start(BfdAddresses.on(A));
                RawBfd b = new RawBfd(B, A, BfdAddresses.SINGLE_HOP, false)) {
            a.watch("b", B, Optional.of(A), FAST, heard);
            b.bringUp();
            assertEquals(255, b.lastTtl());
            heard.await(BfdState.UP);
            Change change = heard.next();
            assertEquals(Diagnostic.DETECTION_TIME_EXPIRED, change.diagnostic());
            assertTrue(change.pathFailed());
            ControlPacket down = b.awaitState(BfdState.DOWN);
            assertEquals(Diagnostic.DETECTION_TIME_EXPIRED, down.diagnostic());
            assertEquals(0, down.yourDiscriminator());
            assertEquals(Duration.ofSeconds(1), only(a).interval());
        }
    }

    @Test
    void aPacketThatARouterPassedOnIsNotTheNeighbours() throws Exception {
        ttl(A, B);
    }

    @Test
    void norOverIpv6() throws Exception {
        InetAddress ours = InetAddress.ofLiteral("2001:db8:bfd::1");
        InetAddress theirs = InetAddress.ofLiteral("2001:db8:bfd::2");
        try (LoopbackAddress _ = new LoopbackAddress(ours);
                LoopbackAddress _ = new LoopbackAddress(theirs)) {
            ttl(ours, theirs);
        }
    }

    private void ttl(InetAddress ours, InetAddress theirs) throws Exception {
        try (BfdService a = BfdService.start(BfdAddresses.on(ours));
                RawBfd b = new RawBfd(theirs, ours, BfdAddresses.SINGLE_HOP, false)) {
            a.watch("b", theirs, Optional.of(ours), FAST, heard);
            b.receive();
            b.send(RawBfd.packet(BfdState.DOWN, 0, 1000), 254);
            Await.until("it is refused",
                    () -> a.view().refused().getOrDefault(Refusal.TTL, 0L) == 1);
            assertEquals(1, only(a).refused());
            assertEquals(0, only(a).received());
            heard.assertNothing();
            // Half a minute to go on from here, however slow the machine is.
            b.send(RawBfd.packet(BfdState.DOWN, 0, 10_000), 255);
            heard.await(BfdState.INIT);
            // Neither does it keep a session up that it repeats octet by octet.
            b.awaitState(BfdState.INIT);
            b.say(BfdState.UP);
            heard.await(BfdState.UP);
            ControlPacket up = RawBfd.packet(BfdState.UP, b.receive().myDiscriminator(), 20);
            b.send(up, 255);
            b.send(up, 255);
            b.send(up, 254);
            Await.until("it is refused",
                    () -> a.view().refused().getOrDefault(Refusal.TTL, 0L) == 2);
        }
    }

    @Test
    void multihopAcceptsWhatItsMinimumTtlAllows() throws Exception {
        try (BfdService a = BfdService.start(BfdAddresses.on(A));
                RawBfd b = new RawBfd(B, A, BfdAddresses.MULTIHOP, true)) {
            a.watch("b", B, Optional.of(A), FAST.withMultihop(250), heard);
            b.receive();
            b.send(RawBfd.packet(BfdState.DOWN, 0, 1000), 249);
            Await.until("it is refused",
                    () -> a.view().refused().getOrDefault(Refusal.TTL, 0L) == 1);
            heard.assertNothing();
            b.send(RawBfd.packet(BfdState.DOWN, 0, 1000), 250);
            heard.await(BfdState.INIT);
        }
    }

    @Test
    void strangersAndWrongDiscriminatorsAreCounted() throws Exception {
        try (BfdService a = BfdService.start(BfdAddresses.on(A));
                RawBfd b = new RawBfd(B, A, BfdAddresses.SINGLE_HOP, false)) {
            b.send(RawBfd.packet(BfdState.DOWN, 0, 1000), 255);
            b.send(RawBfd.packet(BfdState.UP, 12345, 1000), 255);
            Await.until("both are counted",
                    () -> a.view().refused().getOrDefault(Refusal.UNKNOWN_NEIGHBOR, 0L) == 1
                            && a.view().refused().getOrDefault(Refusal.UNKNOWN_DISCRIMINATOR,
                                    0L) == 1);
        }
    }

    /** The thread is held for ten detection times; the neighbour sent all the while. */
    @Test
    void aPauseOfOursIsNoSilenceOfTheNeighbour() throws Exception {
        try (BfdService a = BfdService.start(BfdAddresses.on(A));
                RawBfd b = new RawBfd(B, A, BfdAddresses.SINGLE_HOP, false)) {
            a.watch("b", B, Optional.of(A), FAST, heard);
            b.bringUp();
            heard.await(BfdState.UP);
            AtomicBoolean sending = new AtomicBoolean(true);
            Thread neighbour = Thread.ofPlatform().start(() -> keepSaying(b, sending));
            Await.until("packets flow", () -> only(a).received() > 5);
            pause(a, Duration.ofMillis(600));
            Await.until("it goes on", () -> only(a).late() > 0);
            assertEquals(BfdState.UP, only(a).state());
            heard.assertNothing();
            assertEquals(1, a.view().stalls());
            sending.set(false);
            neighbour.join();
            assertEquals(Diagnostic.DETECTION_TIME_EXPIRED, heard.next().diagnostic());
        }
    }

    /** The neighbour died and came back within our pause: that was a failure all the same. */
    @Test
    void aSilenceWithinAPauseIsStillFound() throws Exception {
        try (BfdService a = BfdService.start(BfdAddresses.on(A));
                RawBfd b = new RawBfd(B, A, BfdAddresses.SINGLE_HOP, false)) {
            a.watch("b", B, Optional.of(A), FAST, heard);
            b.bringUp();
            heard.await(BfdState.UP);
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            hold(a, held, go);
            held.await();
            // The last packet before this was received at least a detection time ago.
            TimeUnit.MILLISECONDS.sleep(200);
            b.say(BfdState.UP);
            go.countDown();
            assertEquals(Diagnostic.DETECTION_TIME_EXPIRED, heard.next().diagnostic());
        }
    }

    private static void keepSaying(RawBfd b, AtomicBoolean sending) {
        while (sending.get()) {
            try {
                b.say(BfdState.UP);
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (Libc.Refused | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Holds the service's only thread, as a stalled JVM would. */
    private static void pause(BfdService service, Duration length) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        hold(service, held, go);
        held.await();
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
        go.countDown();
    }

    /** By a listener that does what none should: wait. */
    private static void hold(BfdService service, CountDownLatch held, CountDownLatch go)
            throws IOException {
        service.watch("held", InetAddress.ofLiteral("127.77.0.9"), Optional.of(A), FAST,
                (_, _) -> {
                    held.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        service.disable("held");
    }

    @Test
    void newTimersWithoutABreak() throws Exception {
        Heard atB = new Heard();
        try (BfdService a = BfdService.start(BfdAddresses.on(A));
                BfdService b = BfdService.start(BfdAddresses.on(B))) {
            a.watch("b", B, Optional.of(A), FAST, heard);
            b.watch("a", A, Optional.of(B), FAST, atB);
            heard.await(BfdState.UP);
            atB.await(BfdState.UP);
            a.watch("b", B, Optional.of(A),
                    FAST.withIntervals(Duration.ofMillis(200), Duration.ofMillis(100)), heard);
            Await.until("both keep the new timers",
                    () -> only(a).interval().equals(Duration.ofMillis(200))
                            && only(b).detection().equals(Duration.ofMillis(600))
                            && only(b).interval().equals(Duration.ofMillis(100)));
            heard.assertNothing();
            atB.assertNothing();
        }
    }

    @Test
    void disabledAndEnabled() throws Exception {
        Heard atB = new Heard();
        try (BfdService a = BfdService.start(BfdAddresses.on(A));
                BfdService b = BfdService.start(BfdAddresses.on(B))) {
            a.watch("b", B, Optional.of(A), FAST, heard);
            b.watch("a", A, Optional.of(B), FAST, atB);
            heard.await(BfdState.UP);
            atB.await(BfdState.UP);
            a.disable("b");
            assertFalse(atB.await(BfdState.DOWN).pathFailed());
            a.enable("b");
            atB.await(BfdState.UP);
            a.unwatch("b");
            assertFalse(atB.await(BfdState.DOWN).pathFailed());
            assertEquals(0, a.views().size());
        }
    }

    @Test
    void whatCannotBeIsRefusedWithASentence() throws Exception {
        try (BfdService a = BfdService.start(BfdAddresses.on(A))) {
            a.watch("b", B, Optional.of(A), FAST, heard);
            assertEquals("BFD with 127.77.0.2 already runs for neighbour b.",
                    assertThrows(IOException.class,
                            () -> a.watch("c", B, Optional.of(A), FAST, heard)).getMessage());
            IOException foreign = assertThrows(IOException.class,
                    () -> a.watch("d", InetAddress.ofLiteral("127.77.0.4"),
                            Optional.of(InetAddress.ofLiteral("198.51.100.77")), FAST, heard));
            assertTrue(foreign.toString().contains("does not have that address"),
                    foreign::toString);
            IOException used = assertThrows(IOException.class,
                    () -> BfdService.start(BfdAddresses.on(A)).close());
            assertTrue(used.toString().contains("in use"), used::toString);
        }
    }
}
