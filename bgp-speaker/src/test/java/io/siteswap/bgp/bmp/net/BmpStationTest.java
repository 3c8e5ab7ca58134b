package io.siteswap.bgp.bmp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.Await;
import io.siteswap.bgp.bmp.BmpMessage;
import io.siteswap.bgp.bmp.BmpOptions;
import io.siteswap.bgp.bmp.BmpSource;
import io.siteswap.bgp.bmp.Samples;
import io.siteswap.bgp.bmp.View;
import io.siteswap.bgp.wire.Family;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Collectors made of plain sockets. */
class BmpStationTest {

    private static final int ROUTE_MONITORING = 0;
    private static final int PEER_DOWN = 2;
    private static final int PEER_UP = 3;
    private static final int INITIATION = 4;
    private static final int TERMINATION = 5;

    /** The thread of the RIB. */
    private final ExecutorService rib = Executors.newSingleThreadExecutor();

    /** Two slices of one route each, then the end. */
    private final BmpSource source = (_, _, after, answer) -> rib
            .execute(() -> answer.accept(new BmpSource.Slice(List.of(Samples.UPDATE),
                    after.at() == 0
                            ? Optional.of(new BmpSource.Cursor(Family.IPV4_UNICAST, 1))
                            : Optional.empty())));

    @AfterEach
    void end() {
        rib.shutdownNow();
    }

    private static BmpOptions options(ServerSocket collector) {
        return BmpOptions.of("edge1",
                List.of(new BmpOptions.Collector("127.77.0.41", collector.getLocalPort())))
                .withPauses(Duration.ofMillis(20), Duration.ofMillis(40));
    }

    private static ServerSocket listen() throws IOException {
        ServerSocket socket = new ServerSocket(0, 5, InetAddress.getByName("127.77.0.41"));
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Type of the next message. */
    private static int next(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] header = new byte[6];
        in.readFully(header);
        assertEquals(3, header[0]);
        in.readFully(new byte[ByteBuffer.wrap(header).getInt(1) - 6]);
        return header[5];
    }

    private static Socket accept(ServerSocket listener) throws IOException {
        Socket socket = listener.accept();
        socket.setSoTimeout(20_000);
        return socket;
    }

    @Test
    void aCollectorHearsWhoIsUpThenTheTablesThenWhatChanges() throws IOException {
        try (ServerSocket listener = listen();
                BmpStation station = BmpStation.of(options(listener), source,
                        InstantSource.system())) {
            station.up(Samples.up());
            station.start();
            try (Socket collector = accept(listener)) {
                assertEquals(INITIATION, next(collector));
                assertEquals(PEER_UP, next(collector));
                assertEquals(ROUTE_MONITORING, next(collector));
                assertEquals(ROUTE_MONITORING, next(collector));
                station.update(Samples.PEER, View.ADJ_OUT_POST, Samples.UPDATE);
                station.update(Samples.PEER, View.ADJ_IN_PRE, Samples.UPDATE);
                assertEquals(ROUTE_MONITORING, next(collector));
                station.down(Samples.down(new BmpMessage.DownReason.RemoteSilent()));
                assertEquals(PEER_DOWN, next(collector));
                stop(station);
                assertEquals(TERMINATION, next(collector));
            }
        }
    }

    @Test
    void aCollectorThatHungUpHearsEverythingAnew() throws IOException {
        try (ServerSocket listener = listen();
                BmpStation station = BmpStation.of(
                        options(listener).withViews(Set.of(View.ADJ_IN_PRE, View.ADJ_OUT_POST)),
                        source, InstantSource.system())) {
            station.up(Samples.up());
            station.start();
            for (int i = 0; i < 2; i++) {
                Socket collector = accept(listener);
                assertEquals(INITIATION, next(collector));
                assertEquals(PEER_UP, next(collector));
                for (int update = 0; update < 4; update++) {
                    assertEquals(ROUTE_MONITORING, next(collector));
                }
                collector.close();
                Await.until("it is noticed", () -> {
                    station.update(Samples.PEER, View.ADJ_IN_PRE, Samples.UPDATE);
                    return !view(station).connected() || view(station).connects() > 1;
                });
            }
        }
    }

    @Test
    void aCollectorThatDoesNotReadIsDroppedAndTheSpeakerNeverWaits() throws IOException {
        try (ServerSocket listener = listen();
                BmpStation station = started(options(listener).withQueue(100_000));
                Socket deaf = accept(listener)) {
            Await.until("it is connected", () -> view(station).connected());
            long longest = 0;
            while (view(station).overflows() == 0) {
                long before = System.nanoTime();
                station.update(Samples.PEER, View.ADJ_IN_PRE, Samples.UPDATE);
                longest = Math.max(longest, System.nanoTime() - before);
            }
            assertTrue(longest < Duration.ofSeconds(2).toNanos(), longest + " ns");
            try (Socket again = accept(listener)) {
                assertEquals(INITIATION, next(again));
            }
            assertTrue(view(station).lastError().startsWith("it did not keep up"),
                    () -> view(station).lastError());
            try {
                while (next(deaf) >= 0) {
                    // what was under way when it was dropped
                }
            } catch (EOFException | SocketException e) {
                assertTrue(view(station).connects() >= 2);
            }
        }
    }

    private BmpStation started(BmpOptions options) {
        BmpStation station = BmpStation.of(options, source, InstantSource.system());
        station.start();
        return station;
    }

    private static void stop(BmpStation station) {
        station.close();
    }

    private static FeedView view(BmpStation station) {
        return station.views().values().iterator().next();
    }
}
