package io.siteswap.bgp.interop;

import io.siteswap.bgp.app.NeighborOptions;
import io.siteswap.bgp.app.Ports;
import io.siteswap.bgp.app.SpeakerConfig;
import io.siteswap.bgp.app.SpeakerConfig.Neighbor;
import io.siteswap.bgp.app.SpeakerConfig.Origination;
import io.siteswap.bgp.speaker.Ladder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two speakers that shall talk: ours and the other one. Both configurations are made from this.
 *
 * @param dir of this test
 * @param number of this test, from which its addresses are made
 * @param port the other one's
 * @param ourPort where we listen
 * @param as the other one's
 */
record Setup(Path dir, int number, boolean six, int port, int ourPort, long as, long ourAs,
        Connects connects, Extras extras) {

    static final String PREFIX = "203.0.113.0/24";
    static final String PREFIX_SIX = "2001:db8:113::/48";
    /** Nobody takes a next hop from 127.0.0.0/8. */
    static final String NEXT_HOP = "198.18.1.1";
    static final Duration HOLD = Duration.ofSeconds(3);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Who opens the TCP connection. */
    enum Connects {
        WE, THEY, BOTH
    }

    static Setup plain(Path dir) throws IOException {
        int number = NUMBERS.incrementAndGet();
        String theirs = "127.60." + number + ".9";
        String ours = "127.60." + number + ".1";
        return of(dir, number, Ports.free(theirs), Ports.free(ours));
    }

    static Setup of(Path dir, int number, int port, int ourPort) {
        return new Setup(dir, number, false, port, ourPort, 64510, 64500, Connects.WE,
                Extras.NONE);
    }

    Setup with(Connects other) {
        return new Setup(dir, number, six, port, ourPort, as, ourAs, other, extras);
    }

    Setup with(Extras other) {
        return new Setup(dir, number, six, port, ourPort, as, ourAs, connects, other);
    }

    Setup numbered(long theirAs, long ourOwn) {
        return new Setup(dir, number, six, port, ourPort, theirAs, ourOwn, connects, extras);
    }

    /** Between IPv6 addresses, which {@link LoopbackSix} provides, and for IPv6 routes. */
    Setup overSix() {
        return new Setup(dir, number, true, port, ourPort, as, ourAs, connects, extras);
    }

    String address() {
        return six ? "2001:db8:60:" + number + "::9" : "127.60." + number + ".9";
    }

    String ourAddress() {
        return six ? "2001:db8:60:" + number + "::1" : "127.60." + number + ".1";
    }

    String routerId() {
        return "198.18." + number + ".9";
    }

    /** That the other one waits for us. */
    boolean passive() {
        return connects == Connects.WE;
    }

    String prefix() {
        return six ? PREFIX_SIX : PREFIX;
    }

    /** Ours. */
    SpeakerConfig config(NeighborOptions options) {
        String listen = six ? "[" + ourAddress() + "]:" + ourPort : ourAddress() + ":" + ourPort;
        Neighbor neighbor = new Neighbor("peer", address(), port, as, connects == Connects.THEY,
                Optional.of(ourAddress()), six ? Optional.empty() : Optional.of(NEXT_HOP))
                .with(options);
        return new SpeakerConfig("us", ourAs, "198.18." + number + ".1", Optional.of(listen),
                HOLD, Duration.ofMillis(200), List.of(neighbor), Ladder.standard(),
                List.of(new Origination(prefix(), "shop", "normal")), dir.resolve("us.stances"),
                dir.resolve("us.sock"));
    }
}
