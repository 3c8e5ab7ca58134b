package io.siteswap.bgp.app;

import io.siteswap.bgp.speaker.Ladder;
import io.siteswap.bgp.speaker.Rung;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the JVM compile what a stance takes before a failover needs it: a few seconds after the
 * start, two more speakers live in this process for a moment. They have a session with each other
 * over loopback and files of their own, and one of them is asked for stances. Nothing of the real
 * one is touched. See docs/benchmarks.md for what that gains.
 */
public final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** The start comes first: it has nothing to do with sessions or tables for so long. */
    private static final Duration QUIET = Duration.ofSeconds(3);
    /** Messages from all neighbours in that time: more are a table. */
    private static final long FEW = 500;
    /** So many until the methods that count are compiled, unless the disk is so slow... */
    private static final int STANCES = 5000;
    /** So many at a time: what they throw away shall not make the process larger. */
    private static final int PORTION = 500;
    /** ...that it takes longer than this. */
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** Of a session on one machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Also the name under which a logging configuration finds these two. */
    private static final String NAME = "warm-up";
    private static final String PREFIX = "198.51.100.0/24";
    private static final long AS = 64496;
    private static final long FAR_AS = 64497;
    private static final String ADDRESS = "127.0.0.1";
    private static final List<String> RUNGS = List.of("best", "worse");
    private static final SpeakerOptions OPTIONS = SpeakerOptions.DEFAULTS
            .withFlaps(new SpeakerOptions.FlapLimit(STANCES, Duration.ofNanos(1)));

    private WarmUp() {
    }

    /**
     * Once, in the background; if it cannot be done, the speaker is only slower at first.
     *
     * @param listener does with the events what is done with those of the real speaker, and leaves
     * no trace
     */
    public static void soon(SpeakerDaemon speaker, SpeakerConfig config,
            Consumer<SpeakerEvent> listener) {
        Path folder = config.stateFile().resolveSibling(NAME);
        Thread.ofPlatform().daemon().name("bgp-" + NAME).start(() -> {
            try {
                awaitQuiet(speaker);
                LOG.debug("Warmed up with {} stances.", run(folder, STANCES, listener));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                LOG.debug("Nothing was warmed up: {}", e.toString());
            }
        });
    }

    private static void awaitQuiet(SpeakerDaemon speaker) throws InterruptedException {
        long before;
        long now = 0;
        do {
            before = now;
            TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
            now = speaker.neighbors().stream().mapToLong(NeighborView::messagesIn).sum();
        } while (now - before > FEW);
    }

    /**
     * @param folder made and removed; what a killed run left there goes first
     * @return so many stances were accepted
     * @throws IOException something of it cannot be had
     */
    static int run(Path folder, int stances, Consumer<SpeakerEvent> listener)
            throws IOException, InterruptedException {
        clear(folder);
        try (SpeakerDaemon far = SpeakerDaemon.start(far(folder));
                SpeakerDaemon near = SpeakerDaemon
                        .start(near(folder, far.port().orElseThrow()))) {
            meet(near);
            AutoCloseable _ = near.listen(Set.of(PREFIX), listener);
            return ask(folder.resolve("s"), stances);
        } finally {
            clear(folder);
            Files.deleteIfExists(folder);
        }
    }

    private static void clear(Path folder) throws IOException {
        for (String file : List.of("s", "stances", "far", "far-stances")) {
            Files.deleteIfExists(folder.resolve(file));
        }
    }

    private static void meet(SpeakerDaemon speaker) throws IOException, InterruptedException {
        CountDownLatch up = new CountDownLatch(1);
        try (AutoCloseable _ = speaker.listen(_ -> {
            if (established(speaker)) {
                up.countDown();
            }
        })) {
            if (!established(speaker) && !up.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("no session over loopback");
            }
        } catch (IOException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static boolean established(SpeakerDaemon speaker) {
        return speaker.neighbors().getFirst().state().equals("Established");
    }

    private static int ask(Path socket, int stances) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        int accepted = 0;
        try (SpeakerClient client = new SpeakerClient(socket)) {
            while (accepted < stances && System.nanoTime() - deadline < 0 && client.setStance(
                    NAME, accepted + 1L, PREFIX,
                    RUNGS.get(accepted % 2)) instanceof StanceReply.Accepted) {
                accepted++;
                if (accepted % PORTION == 0) {
                    System.gc();
                }
            }
            List<StanceView> _ = client.stances();
            List<NeighborView> _ = client.neighbors();
        }
        return accepted;
    }

    private static SpeakerConfig near(Path folder, int port) {
        return new SpeakerConfig(NAME, AS, "198.51.100.1", Optional.empty(), Duration.ZERO,
                SpeakerConfig.DEFAULT_CONNECT_RETRY,
                List.of(new SpeakerConfig.Neighbor(NAME, ADDRESS, port, FAR_AS, false,
                        Optional.empty(), Optional.of("198.51.100.1"))),
                ladder(), List.of(new SpeakerConfig.Origination(PREFIX, NAME, RUNGS.getLast())),
                folder.resolve("stances"), folder.resolve("s"), OPTIONS);
    }

    private static SpeakerConfig far(Path folder) {
        return new SpeakerConfig(NAME, FAR_AS, "198.51.100.2", Optional.of(ADDRESS + ":0"),
                Duration.ZERO, SpeakerConfig.DEFAULT_CONNECT_RETRY,
                List.of(new SpeakerConfig.Neighbor(NAME, ADDRESS, 1, AS, true, Optional.empty(),
                        Optional.empty())),
                ladder(), List.of(), folder.resolve("far-stances"), folder.resolve("far"),
                OPTIONS);
    }

    private static Ladder ladder() {
        return new Ladder(Map.of(
                RUNGS.getFirst(), Rung.of(0, List.of(), Optional.empty(), false),
                RUNGS.getLast(), Rung.of(2, List.of(), Optional.empty(), false)));
    }
}
