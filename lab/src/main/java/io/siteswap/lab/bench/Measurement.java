package io.siteswap.lab.bench;

import io.siteswap.lab.bench.Contender.Role;
import io.siteswap.lab.bench.Contender.Setup;
import io.siteswap.lab.bench.Row.Figures;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Runs one case with one daemon, each time in a fresh process. */
final class Measurement {

    private static final long SEED = 20_260_101;
    private static final int FEEDER_AS = 64601;
    private static final int SINK_AS = 64700;
    /** Between two looks at a daemon's counter. */
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofMillis(100);
    /** A cold start is measured from outside: somebody has to knock all the time. */
    private static final Duration KNOCK = Duration.ofMillis(5);
    private static final Duration SESSIONS = Duration.ofSeconds(90);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration CHANGE_LIMIT = Duration.ofSeconds(60);
    private static final Duration SETTLE = Duration.ofMillis(100);
    /** A router's stances change long after its start; all daemons are given the same time. */
    private static final Duration REST = Duration.ofSeconds(15);
    private static final int ROUNDS = 11;
    private static final int MANY_ROUNDS = 1000;
    private static final int WARMING_ROUNDS = 3000;
    /** More than the quick compiler wants to see of a method. */
    private static final int REHEARSED_ROUNDS = 3000;
    /** A daemon that takes longer for one change is not asked for a thousand. */
    private static final Duration QUICK = Duration.ofMillis(30);
    private static final int PASSED_ON = 100_000;
    private static final int CHANGES = 100_000;
    private static final int CHANGED = 10_000;
    /** One for each processor of a small machine. */
    private static final int BURNERS = 2;

    private final TestBed bed;
    private final RouteTable table;
    private final Duration underLoad;

    /** @param underLoad how long case f takes for each daemon */
    Measurement(TestBed bed, int prefixes, Duration underLoad) {
        this.bed = bed;
        this.underLoad = underLoad;
        this.table = RouteTable.of(prefixes, SEED);
    }

    List<Row> run(Case which, Contender contender) throws IOException {
        return switch (which) {
            case A -> ingest(which, contender, 1);
            case B -> ingest(which, contender, TestBed.FEEDERS);
            case C -> changes(contender);
            case D -> passOn(contender);
            case E -> churn(contender);
            case F -> watched(contender);
            case G -> coldStart(contender);
        };
    }

    private List<Row> ingest(Case which, Contender contender, int feeders) throws IOException {
        var peers = feeders(feeders);
        var feed = new ArrayList<Updates>();
        for (int i = 0; i < feeders; i++) {
            feed.add(announcements(table, peers.get(i), SEED + i));
        }
        var withdrawals = peers.stream().map(_ -> Updates.withdraw(table)).toList();
        long target = (long) feeders * table.size();
        var rows = new ArrayList<Row>();
        try (var run = new Run(contender, Role.TABLE, peers)) {
            rows.add(run.measure(which, "cold", feed, target));
            var _ = run.measure(which, "", withdrawals, 0);
            rows.add(run.measure(which, "warm", feed, target));
        }
        return rows;
    }

    private List<Row> churn(Contender contender) throws IOException {
        var peers = feeders(1);
        var feeder = peers.getFirst();
        var churn = Updates.churn(table, CHANGED, CHANGES, feeder.as(), bits(feeder.address()),
                SEED + 1);
        var rows = new ArrayList<Row>();
        try (var run = new Run(contender, Role.TABLE, peers)) {
            var _ = run.measure(Case.E, "", List.of(announcements(table, feeder, SEED)),
                    table.size());
            rows.add(run.measure(Case.E, "churn", List.of(churn), table.size() + 1L));
            // The marker stays.
            rows.add(run.measure(Case.E, "withdraw", List.of(Updates.withdraw(table)), 1));
        }
        return rows;
    }

    private List<Row> passOn(Contender contender) throws IOException {
        var routes = RouteTable.of(PASSED_ON, SEED);
        var feeder = feeders(1).getFirst();
        var sink = sinks(1).getFirst();
        var rows = new ArrayList<Row>();
        try (var run = new Run(contender, Role.TRANSIT, List.of(feeder, sink))) {
            rows.add(run.passOn("in and out", announcements(routes, feeder, SEED),
                    () -> sink.announced() >= routes.size()));
            rows.add(run.passOn("withdrawn", Updates.withdraw(routes),
                    () -> sink.withdrawn() >= routes.size()));
        }
        return rows;
    }

    private List<Row> changes(Contender contender) throws IOException {
        var rows = new ArrayList<Row>();
        rehearse(contender);
        for (int count : new int[]{1, 100, 500}) {
            var variant = count == 1 ? "1 neighbour" : count + " neighbours";
            try (var run = new Run(contender, Role.ORIGIN, sinks(count))) {
                LockSupport.parkNanos(REST.toNanos());
                var row = run.change(variant, ROUNDS);
                rows.add(row);
                if (count == 1 && row.figures().orElseThrow().wall().compareTo(QUICK) < 0) {
                    rows.add(run.change("1 neighbour, 1,000 changes", MANY_ROUNDS));
                    // What is compiled while it runs is compiled by then.
                    var _ = run.change("", WARMING_ROUNDS);
                    rows.add(run.change("1 neighbour, 1,000 warm", MANY_ROUNDS));
                }
            } catch (IOException e) {
                rows.add(Row.failed(Case.C, variant, contender.name(), e));
            }
        }
        return rows;
    }

    /**
     * With a process of its own that is thrown away: what the benchmark itself takes is compiled
     * when it counts, and does not take a processor from the daemon.
     */
    private void rehearse(Contender contender) {
        try (var run = new Run(contender, Role.ORIGIN, sinks(1))) {
            var _ = run.change("", REHEARSED_ROUNDS);
        } catch (IOException e) {
            System.err.println("siteswap bench: " + contender.name() + " was not rehearsed: "
                    + e.getMessage());
        }
    }

    private List<Row> coldStart(Contender contender) throws IOException {
        var sinks = sinks(1);
        var sink = sinks.getFirst();
        try (var crowd = crowd(sinks, KNOCK).start();
                var daemon = contender.start(new Setup(Role.ORIGIN, sinks, bed.freshFolder()))) {
            crowd.await("our announcement", SESSIONS, () -> sink.announced() > 0);
            var usage = daemon.usage();
            return List.of(Row.measured(Case.G, "", contender.name(), 0,
                    new Figures(Duration.ofNanos(sink.lastUpdateAt() - daemon.startedAt()),
                            usage.cpu(), usage.peakKilobytes())));
        }
    }

    private List<Row> watched(Contender contender) throws IOException {
        var peers = sinks(TestBed.WATCHED);
        var folder = bed.freshFolder();
        try (var daemon = contender.start(new Setup(Role.WATCHED, peers, folder));
                var watchers = new Watchers(folder.resolve("watchers"), peers)) {
            watchers.awaitUp(peers.size(), SESSIONS);
            var before = daemon.usage().cpu();
            long answers = underLoad(daemon);
            var usage = daemon.usage();
            long falselyLost = watchers.lost();
            if (falselyLost > 0) {
                watchers.losses().forEach(line -> System.err.println("siteswap bench: " + line));
                System.err.println("siteswap bench: it said:\n" + daemon.said());
            }
            return List.of(Row.measured(Case.F, "noticing a stop", contender.name(), answers,
                    new Figures(noticed(daemon, watchers, falselyLost + peers.size()),
                            usage.cpu().minus(before), usage.peakKilobytes()))
                    .noted("%d sessions, %d min under load: %d false downs".formatted(
                            peers.size(), underLoad.toMinutes(), falselyLost)));
        }
    }

    private long underLoad(Daemon daemon) throws IOException {
        try (var load = new Load(BURNERS, daemon::received)) {
            long end = System.nanoTime() + underLoad.toNanos();
            while (System.nanoTime() < end) {
                if (!daemon.alive()) {
                    throw new IOException("it ended under load");
                }
                LockSupport.parkNanos(SETTLE.toNanos());
            }
            return load.answers();
        }
    }

    /** The measurement can tell a dead daemon: this long after it stands still all sessions are down. */
    private static Duration noticed(Daemon daemon, Watchers watchers, long lost)
            throws IOException {
        long start = System.nanoTime();
        daemon.signal("STOP");
        try {
            watchers.awaitLost(lost, CHANGE_LIMIT);
            return Duration.ofNanos(System.nanoTime() - start);
        } finally {
            daemon.signal("CONT");
        }
    }

    private Crowd crowd(List<SimulatedPeer> peers, Duration retry) throws IOException {
        return new Crowd(bed.peersNamespace(), bed.daemon(), peers, retry);
    }

    private static Updates announcements(RouteTable table, SimulatedPeer peer, long seed) {
        return Updates.announce(table, peer.as(), bits(peer.address()), seed);
    }

    private static int bits(InetAddress address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }

    private static List<SimulatedPeer> feeders(int count) throws IOException {
        var peers = new ArrayList<SimulatedPeer>();
        for (int i = 0; i < count; i++) {
            peers.add(new SimulatedPeer(TestBed.feeder(i), FEEDER_AS + i));
        }
        return peers;
    }

    private static List<SimulatedPeer> sinks(int count) throws IOException {
        var peers = new ArrayList<SimulatedPeer>();
        for (int i = 0; i < count; i++) {
            peers.add(new SimulatedPeer(TestBed.sink(i), SINK_AS));
        }
        return peers;
    }

    /** One process of a daemon with all its sessions up. */
    private final class Run implements AutoCloseable {
        private final Contender contender;
        private final Daemon daemon;
        private final Crowd crowd;

        Run(Contender contender, Role role, List<SimulatedPeer> peers) throws IOException {
            this.contender = contender;
            this.daemon = contender.start(new Setup(role, peers, bed.freshFolder()));
            this.crowd = crowd(peers, RETRY).start();
            try {
                crowd.awaitEstablished(SESSIONS);
                if (role == Role.ORIGIN) {
                    crowd.await("the first announcement", SESSIONS,
                            () -> peers.stream().allMatch(peer -> peer.announced() > 0));
                    daemon.greet();
                }
            } catch (IOException e) {
                close();
                throw e;
            }
        }

        /** Writes to each neighbour's session what is its part, until the counter says so. */
        Row measure(Case which, String variant, List<Updates> parts, long target)
                throws IOException {
            var before = daemon.usage().cpu();
            long start = System.nanoTime();
            var written = new ArrayList<CompletableFuture<Long>>();
            for (int i = 0; i < parts.size(); i++) {
                written.add(crowd.write(crowd.peers().get(i), parts.get(i).bytes()));
            }
            for (var part : written) {
                Crowd.join(part, LIMIT);
            }
            awaitCount(target, start);
            return row(which, variant, parts.stream().mapToLong(Updates::messages).sum(),
                    System.nanoTime() - start, before);
        }

        private void awaitCount(long target, long start) throws IOException {
            var has = count();
            while (!has.equals(Long.toString(target))) {
                if (System.nanoTime() - start > LIMIT.toNanos()) {
                    throw new IOException("after " + LIMIT.toSeconds() + " s it counts " + has
                            + ", not " + target);
                }
                LockSupport.parkNanos(POLL.toNanos());
                has = count();
            }
        }

        /** A daemon that is too busy to answer is asked again; one that has ended is not. */
        private String count() throws IOException {
            try {
                return Long.toString(daemon.received());
            } catch (IOException e) {
                if (!daemon.alive()) {
                    throw e;
                }
                return "nothing (" + e.getMessage() + ")";
            }
        }

        Row passOn(String variant, Updates updates, java.util.function.BooleanSupplier there)
                throws IOException {
            var before = daemon.usage().cpu();
            long start = System.nanoTime();
            Crowd.join(crowd.write(crowd.peers().getFirst(), updates.bytes()), LIMIT);
            crowd.await("all at the second neighbour", LIMIT, there);
            return row(Case.D, variant, updates.messages(), System.nanoTime() - start, before);
        }

        /** Changes the announcement and waits until everybody has it, again and again. */
        Row change(String variant, int rounds) throws IOException {
            var nanos = new long[rounds];
            var before = daemon.usage().cpu();
            for (int i = 0; i < rounds; i++) {
                int hops = crowd.peers().getFirst().lastHops() == 1 ? 3 : 1;
                long start = System.nanoTime();
                daemon.announce(hops);
                crowd.await("the change at all neighbours", CHANGE_LIMIT, () -> crowd.peers()
                        .stream().allMatch(peer -> peer.lastHops() == hops));
                nanos[i] = crowd.peers().stream().mapToLong(SimulatedPeer::lastUpdateAt).max()
                        .orElseThrow() - start;
                if (rounds == ROUNDS) {
                    LockSupport.parkNanos(SETTLE.toNanos());
                }
            }
            long first = nanos[0];
            Arrays.sort(nanos);
            var row = row(Case.C, variant, rounds, nanos[rounds / 2], before);
            return row.noted("median; first %s, p99 %s, worst %s".formatted(Report.time(first),
                    Report.time(nanos[(int) Math.ceil(rounds * 0.99) - 1]),
                    Report.time(nanos[rounds - 1])));
        }

        private Row row(Case which, String variant, long updates, long wall, Duration before)
                throws IOException {
            var usage = daemon.usage();
            return Row.measured(which, variant, contender.name(), updates,
                    new Figures(Duration.ofNanos(wall), usage.cpu().minus(before),
                            usage.peakKilobytes()));
        }

        @Override
        public void close() throws IOException {
            try (crowd) {
                daemon.close();
            }
        }
    }
}
