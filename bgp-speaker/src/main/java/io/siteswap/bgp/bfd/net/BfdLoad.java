package io.siteswap.bgp.bfd.net;

import io.siteswap.bgp.bfd.BfdOptions;
import io.siteswap.bgp.bfd.BfdState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Shows whether this machine and JVM keep a BFD interval: sessions with a second process, over
 * loopback, while this one burns processors and memory. Every session that goes down is false.
 *
 * <pre>
 * java ... io.siteswap.bgp.bfd.net.BfdLoad [seconds=60] [interval=50] [multiplier=3]
 *     [sessions=10] [burners=2] [megabytes=200]
 * </pre>
 *
 * {@code megabytes} are allocated per second; the interval is in milliseconds. The last line of
 * the output is {@code key=value} pairs; the exit status is 1 when a session went down.
 */
public final class BfdLoad {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Kept alive by the allocation load, so that collectors have something to copy. */
    private static final int LIVE_MEGABYTES = 128;
    private static final int CHUNK = 16 << 10;

    private final long seconds;
    private final int sessions;
    private final int burners;
    private final int megabytes;
    private final BfdOptions options;
    private final AtomicLong downs = new AtomicLong();

    private BfdLoad(List<String> arguments) {
        seconds = number(arguments, "seconds", 60);
        sessions = (int) number(arguments, "sessions", 10);
        burners = (int) number(arguments, "burners", 2);
        megabytes = (int) number(arguments, "megabytes", 200);
        Duration interval = Duration.ofMillis(number(arguments, "interval", 50));
        options = new BfdOptions(interval, interval, (int) number(arguments, "multiplier", 3),
                false);
    }

    private static long number(List<String> arguments, String name, long otherwise) {
        return arguments.stream().filter(a -> a.startsWith(name + "=")).findFirst()
                .map(a -> Long.parseLong(a.substring(name.length() + 1))).orElse(otherwise);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BfdLoad load = new BfdLoad(List.of(arguments));
        if (List.of(arguments).contains("peer")) {
            load.peer();
        } else {
            System.exit(load.run(arguments) == 0 ? 0 : 1);
        }
    }

    private static InetAddress address(boolean peer, int session) {
        return InetAddress.ofLiteral("127.78." + (peer ? 2 : 1) + "." + (session + 1));
    }

    /** Until its input ends. */
    private void peer() throws IOException, InterruptedException {
        try (BfdService service = start(true)) {
            awaitUp(service);
            System.out.println("up");
            while (System.in.read() >= 0) {
                // nobody writes
            }
            System.out.println(result("peer", service.view()));
        }
    }

    private long run(String[] arguments) throws IOException, InterruptedException {
        Process peer = startPeer(arguments);
        try (BfdService service = start(false);
                var said = peer.inputReader(StandardCharsets.UTF_8)) {
            awaitUp(service);
            Optional<String> first = Optional.ofNullable(said.readLine());
            if (first.isEmpty()) {
                throw new IOException("The other process ended.");
            }
            System.out.printf("%d sessions, %d ms x %d, for %d s, %d burning threads, %d MB/s, "
                    + "%s%n", sessions, options.transmit().toMillis(), options.multiplier(),
                    seconds, burners, megabytes, collector());
            burn();
            String ours = result("loaded", service.view());
            peer.getOutputStream().close();
            String theirs = Optional.ofNullable(said.readLine()).orElse("peer_downs=1");
            System.out.println(ours + " " + theirs + " collector=" + collector());
            return downs.get() + (theirs.contains("peer_downs=0 ") ? 0 : 1);
        } finally {
            peer.destroy();
        }
    }

    private static Process startPeer(String[] arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"), "-Xmx64m",
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path", ""), BfdLoad.class.getName()));
        command.addAll(List.of(arguments));
        command.add("peer");
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private BfdService start(boolean peer) throws IOException {
        List<InetAddress> own = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            own.add(address(peer, i));
        }
        BfdService service = BfdService.start(BfdAddresses.on(own.toArray(InetAddress[]::new)));
        for (int i = 0; i < sessions; i++) {
            service.watch("session " + i, address(!peer, i), Optional.of(address(peer, i)),
                    options, (key, change) -> {
                        if (change.before() == BfdState.UP) {
                            downs.incrementAndGet();
                            System.err.println((peer ? "peer: " : "loaded: ") + key + " " + change);
                        }
                    });
        }
        return service;
    }

    private void awaitUp(BfdService service) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!service.views().stream().allMatch(this::ready)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("The sessions did not come up.");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean ready(SessionView view) {
        return view.state() == BfdState.UP && view.detection()
                .equals(options.transmit().multipliedBy(options.multiplier()));
    }

    private void burn() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < burners; i++) {
            threads.add(Thread.ofPlatform().daemon().start(() -> spin(end)));
        }
        if (megabytes > 0) {
            threads.add(Thread.ofPlatform().daemon().start(() -> allocate(end)));
        }
        TimeUnit.SECONDS.sleep(seconds);
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void spin(CountDownLatch end) {
        double value = 1;
        while (end.getCount() > 0) {
            for (int i = 0; i < 1_000_000; i++) {
                value = Math.sqrt(value + i);
            }
        }
        System.setProperty("siteswap.bench.sink", String.valueOf(value));
    }

    private void allocate(CountDownLatch end) {
        byte[][] live = new byte[LIVE_MEGABYTES * ((1 << 20) / CHUNK)][];
        long began = System.nanoTime();
        long chunks = 0;
        while (end.getCount() > 0) {
            live[(int) (chunks++ % live.length)] = new byte[CHUNK];
            long ahead = chunks * CHUNK * 1000 / megabytes - (System.nanoTime() - began);
            if (ahead > 1_000_000) {
                LockSupport.parkNanos(ahead);
            }
        }
    }

    private String result(String who, ServiceView view) {
        return String.format("%1$s_downs=%2$d %1$s_late_p99_us=%3$d %1$s_late_max_us=%4$d "
                + "%1$s_stalls=%5$d", who, downs.get(), view.lateP99().toNanos() / 1000,
                view.lateMax().toNanos() / 1000, view.stalls());
    }

    private static String collector() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().map(MemoryPoolMXBean::getName)
                .filter(n -> n.contains("Old") || n.contains("Tenured"))
                .map(n -> n.replace(' ', '-')).collect(Collectors.joining("+"));
    }
}
