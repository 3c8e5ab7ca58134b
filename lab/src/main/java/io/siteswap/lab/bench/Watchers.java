package io.siteswap.lab.bench;

import io.siteswap.lab.topology.Argv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * The other ends of case f: one BIRD among the neighbours with a BGP and a BFD session to each of
 * the daemon's {@link TestBed#watched} addresses, which writes down every BFD session that it loses.
 */
final class Watchers implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Pattern UP = Pattern.compile("(?m)^198\\.18\\.1\\.\\d+ .* Up .* 0\\.050 ");
    private static final Pattern LOST = Pattern.compile("changed state from Up to Down");

    private final Path folder;
    private final Process process;

    /** @param folder to be made */
    Watchers(Path folder, List<SimulatedPeer> peers) throws IOException {
        this.folder = Files.createDirectory(folder);
        var config = Files.writeString(folder.resolve("bird.conf"), config(peers));
        this.process = new ProcessBuilder(TestBed.outside(List.of("bird", "-f", "-c",
                config.toString(), "-s", folder.resolve("bird.ctl").toString())))
                .redirectInput(Path.of("/dev/null").toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile()).start();
    }

    private String config(List<SimulatedPeer> peers) {
        var text = new StringBuilder("""
                router id 198.19.0.1;
                log "%s" all;
                protocol device { }
                protocol bfd {
                  debug { events };
                  multihop { interval 50 ms; multiplier 3; };
                }
                """.formatted(log()));
        for (int i = 0; i < peers.size(); i++) {
            text.append("""
                    protocol bgp p%d {
                      local %s as %d;
                      neighbor %s as %d;
                      multihop;
                      connect delay time 1;
                      connect retry time 1;
                      bfd on;
                      ipv4 { import all; export none; };
                    }
                    """.formatted(i, peers.get(i).address().getHostAddress(), peers.get(i).as(),
                    TestBed.watched(i), Contender.AS));
        }
        return text.toString();
    }

    private Path log() {
        return folder.resolve("log");
    }

    /** Until so many BFD sessions are up with the interval that was asked for. */
    void awaitUp(int sessions, Duration limit) throws IOException {
        await("all BFD sessions up", limit, () -> up() == sessions);
    }

    private long up() throws IOException {
        var ended = Argv.run(List.of("birdc", "-s", folder.resolve("bird.ctl").toString(), "show",
                "bfd", "sessions"), "");
        return UP.matcher(ended.output()).results().count();
    }

    /** BIRD's lines about them. */
    List<String> losses() throws IOException {
        try (var lines = Files.lines(log())) {
            return lines.filter(line -> LOST.matcher(line).find()).toList();
        }
    }

    /** Sessions lost since the start. */
    long lost() throws IOException {
        return losses().size();
    }

    /** Until it has lost so many. */
    void awaitLost(long count, Duration limit) throws IOException {
        await(count + " BFD sessions down", limit, () -> lost() >= count);
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(String what, Duration limit, Condition condition) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (!process.isAlive()) {
                throw new IOException("BIRD among the neighbours ended: "
                        + Files.readString(folder.resolve("output")).strip());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("not within " + limit.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    @Override
    public void close() {
        Daemon.end(process);
    }
}
