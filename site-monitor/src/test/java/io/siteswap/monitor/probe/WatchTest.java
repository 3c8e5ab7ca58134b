package io.siteswap.monitor.probe;

import com.sun.net.httpserver.HttpServer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.action.Programs;
import io.siteswap.monitor.config.HostPort;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    private static final Duration PERIOD = Duration.ofMillis(50);
    private static final Duration TIMEOUT = Duration.ofMillis(200);

    private @TempDir Path folder = Path.of("");
    private final Queue<Observation> seen = new ConcurrentLinkedQueue<>();

    private void awaitLast(boolean good) throws InterruptedException {
        int before = seen.size();
        Programs.await(good ? "good" : "bad", Duration.ofSeconds(10), () -> seen.stream()
                .skip(before).reduce((a, b) -> b).filter(o -> o.good() == good).isPresent());
    }

    @Test
    void aHeartbeatIsLostWithItsResponderAndComesBackWithIt() throws Exception {
        String at = "127.0.0.1:" + Programs.freePort();
        Probe probe = new HeartbeatProbe("dc2", "dc2", "direct", HostPort.parse(at));
        EchoResponder responder = EchoResponder.start(at);
        Watch watch = Watch.start(List.of(new Paced(probe, PERIOD, TIMEOUT)), seen::add);
        try {
            awaitLast(true);
            responder.close();
            awaitLast(false);
            responder = EchoResponder.start(at);
            awaitLast(true);
        } finally {
            watch.close();
            responder.close();
        }
    }

    @Test
    void aPeerThatAcceptsAndSaysNothingIsBad() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Probe probe = new HeartbeatProbe("dc2", "dc2", "direct",
                    HostPort.parse("127.0.0.1:" + silent.getLocalPort()));
            Watch watch = Watch.start(List.of(new Paced(probe, PERIOD, TIMEOUT)), seen::add);
            try {
                awaitLast(false);
                assertTrue(seen.stream().noneMatch(Observation::good));
                assertTrue(seen.element().detail().contains("no answer within 200 ms"));
            } finally {
                watch.close();
            }
        }
    }

    @Test
    void aHungProbeIsToldEveryPeriodAndNeverRunsTwiceAtOnce() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        Probe hung = new Probe() {
            @Override
            public Observation look() throws InterruptedException {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                try {
                    never.await();
                    throw new IllegalStateException("unreachable");
                } finally {
                    now.decrementAndGet();
                }
            }

            @Override
            public Observation bad(String detail) {
                return new Observation.LoadBalancer("shop", false, detail);
            }
        };
        long began = System.nanoTime();
        Watch watch = Watch.start(List.of(new Paced(hung, PERIOD, TIMEOUT)), seen::add);
        try {
            Programs.await("first", Duration.ofSeconds(5), () -> !seen.isEmpty());
            long first = Duration.ofNanos(System.nanoTime() - began).toMillis();
            assertTrue(first >= 190, first + " ms: not before the timeout");
            Programs.await("twenty", Duration.ofSeconds(20), () -> seen.size() >= 20);
        } finally {
            watch.close();
        }
        assertEquals(1, most.get());
        Programs.await("closed", Duration.ofSeconds(5), () -> now.get() == 0);
    }

    /** As a name server that does not answer does: nothing ends that wait. */
    @Test
    void whatCannotBeInterruptedHoldsUpNothingElse() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Queue<Observation> others = new ConcurrentLinkedQueue<>();
        List<Paced> probes = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors() + 2; i++) {
            probes.add(new Paced(saying("stuck", () -> new FileInputStream(pipe.toFile())),
                    PERIOD, TIMEOUT));
        }
        probes.add(new Paced(saying("fine", () -> InputStream.nullInputStream()), PERIOD,
                TIMEOUT));
        Watch watch = Watch.start(probes, it -> (it.good() ? seen : others).add(it));
        try {
            Programs.await("the others are told bad", Duration.ofSeconds(10),
                    () -> others.size() > 4 * probes.size());
            int before = seen.size();
            Programs.await("it goes on", Duration.ofSeconds(10), () -> seen.size() > before + 5);
            assertTrue(seen.stream().allMatch(it -> it.detail().equals("fine")));
        } finally {
            watch.close();
            // Whoever waits for a writer has one.
            new FileOutputStream(pipe.toFile()).close();
        }
    }

    private static Probe saying(String what, Callable<InputStream> wait) {
        return new Probe() {
            @Override
            public Observation look() throws Exception {
                wait.call().close();
                return new Observation.LoadBalancer("shop", true, what);
            }

            @Override
            public Observation bad(String detail) {
                return new Observation.LoadBalancer("shop", false, detail);
            }
        };
    }

    @Test
    void httpIsGoodByStatus() throws Exception {
        HttpServer web = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        web.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            exchange.sendResponseHeaders(Integer.parseInt(path.substring(1)), -1);
            exchange.close();
        });
        web.start();
        String base = "http://127.0.0.1:" + web.getAddress().getPort() + "/";
        try {
            assertTrue(http(base + 200).look().contains("answers 200"));
            assertTrue(http(base + 302).look().contains("answers 302"));
            for (int status : List.of(404, 500, 503)) {
                IOException bad = assertThrows(IOException.class,
                        () -> http(base + status).look());
                assertTrue(String.valueOf(bad.getMessage()).endsWith("answers " + status));
            }
        } finally {
            web.stop(0);
        }
        assertThrows(IOException.class, () -> http(base + 200).look());
    }

    @Test
    void contentIsCheckedAndTimeIsTaken() throws Exception {
        AtomicReference<String> says = new AtomicReference<>("the shop is open");
        HttpServer web = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        web.createContext("/", exchange -> {
            byte[] text = Objects.requireNonNull(says.get()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        web.start();
        URI at = URI.create("http://127.0.0.1:" + web.getAddress().getPort() + "/ready");
        var request = new AddressProbe.HttpProbe(at, "is open", Duration.ofSeconds(5));
        try {
            assertEquals(false, ((Observation.Client) new ClientProbe("shop", request,
                    Duration.ofSeconds(5)).look()).slow());
            assertTrue(((Observation.Client) new ClientProbe("shop", request, Duration.ZERO)
                    .look()).slow(), "slower than no time at all");
            says.set("an error page with status 200");
            IOException bad = assertThrows(IOException.class, request::look);
            assertTrue(String.valueOf(bad.getMessage()).endsWith("200 without 'is open'"));
        } finally {
            web.stop(0);
        }
    }

    private static AddressProbe http(String address) {
        return AddressProbe.of(URI.create(address), "", Duration.ofSeconds(2));
    }

    @Test
    void tcpIsGoodWhenAccepted() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            URI at = URI.create("tcp://127.0.0.1:" + port);
            assertTrue(AddressProbe.of(at, "", TIMEOUT).look().contains("accepts connections"));
        }
        URI gone = URI.create("tcp://127.0.0.1:" + port);
        assertThrows(IOException.class, () -> AddressProbe.of(gone, "", TIMEOUT).look());
    }

    @Test
    void aTakenPortIsOneClearSentence() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String at = "127.0.0.1:" + other.getLocalPort();
            IOException taken = assertThrows(IOException.class, () -> EchoResponder.start(at));
            assertTrue(String.valueOf(taken.getMessage())
                    .startsWith("Cannot answer heartbeats on " + at), taken.getMessage());
        }
    }

    @Test
    void gtidPositionsCompareByDomain() {
        GtidPosition here = GtidPosition.parse("0-1-100,1-2-7");
        assertTrue(here.holds(GtidPosition.parse("0-2-99")));
        assertTrue(here.holds(GtidPosition.parse("")));
        assertEquals(false, here.holds(GtidPosition.parse("0-1-101")));
        assertEquals(false, here.holds(GtidPosition.parse("2-1-1")));
        assertThrows(IllegalArgumentException.class, () -> GtidPosition.parse("0-1"));
    }
}
