package io.siteswap.lab.scenarios;

import io.siteswap.lab.client.Client;
import io.siteswap.lab.client.Spans;
import io.siteswap.lab.topology.NamespaceLab;
import io.siteswap.lab.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** The running lab with everything that watches it, for one story. */
final class Stage implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration MOVE = Duration.ofMinutes(1);
    /** So long without a failed order, and the story is over. */
    private static final Duration CALM = Duration.ofSeconds(1);
    /** Kinds of a monitor's events that show it has seen something. */
    private static final Set<String> NOTICED = Set.of("health", "alarm", "decision");
    private static final int CALM_ORDERS = 10;
    private static final Duration POLL = Duration.ofMillis(100);

    private final NamespaceLab lab;
    private final Timeline timeline;
    private final Cluster cluster;
    private final LabWatch watch;
    private final Map<String, DirectWriter> writers = new LinkedHashMap<>();
    private final Client client;
    private final List<String> wrong = new ArrayList<>();
    private long readySince = System.nanoTime();
    private String activeBefore = "";
    private String tableBefore = "{}";

    private Stage(NamespaceLab lab, Timeline timeline) throws IOException {
        this.lab = lab;
        this.timeline = timeline;
        this.cluster = new Cluster(lab);
        this.watch = new LabWatch(lab, timeline);
        for (var site : LabWatch.SITES) {
            writers.put(site, new DirectWriter(lab.namespace(site + "-db"), site, timeline));
        }
        this.client = watch.customers(ack -> {
        });
    }

    /** Starts the lab and waits until dc1 serves and dc2 stands by. */
    static Stage open(Topology topology, Timeline timeline) throws IOException {
        timeline.add("lab", "start", topology.nodes().size() + " nodes");
        var lab = NamespaceLab.up(topology);
        Stage stage;
        try {
            stage = new Stage(lab, timeline);
        } catch (IOException e) {
            lab.close();
            throw e;
        }
        return stage;
    }

    /** Waits until all is as it should be before anything breaks. */
    void awaitReady() throws IOException {
        awaitServing("dc1", START);
        await("the transit router sees both announcements", START,
                watch::bothAnnounced);
        await("the standby's database follows", START, () -> follows("dc2", "dc1"));
        readySince = System.nanoTime();
        activeBefore = active();
        tableBefore = watch.route().table();
    }

    NamespaceLab lab() {
        return lab;
    }

    Cluster cluster() {
        return cluster;
    }

    Timeline timeline() {
        return timeline;
    }

    RouteWatch route() {
        return watch.route();
    }

    /** The story's turning point: times count from here. */
    void turn(String text) {
        timeline.startOver(text);
    }

    /** Notes something that is not as it should be. */
    void expect(boolean good, String otherwise) {
        if (!good) {
            timeline.add("lab", "wrong", otherwise);
            wrong.add(otherwise);
        }
    }

    /** Power is back at the nodes; their monitors are listened to again. */
    void powerOn(List<String> nodes) throws IOException {
        watch.powerOn(nodes);
    }

    /** The site whose database takes writes: its name, {@code none} or {@code both}. */
    String active() {
        var sites = writers.entrySet().stream().filter(entry -> entry.getValue().writable())
                .map(Map.Entry::getKey).toList();
        return switch (sites.size()) {
            case 0 -> "none";
            case 1 -> sites.getFirst();
            default -> "both";
        };
    }

    /** Waits until {@code site} serves: ticket, database, route and a calm second of orders. */
    void awaitMove(String site) throws IOException {
        awaitServing(site, MOVE);
    }

    private void awaitServing(String site, Duration patience) throws IOException {
        await(site + " holds the ticket, and no transition runs", patience, () -> cluster
                .settledHolder().equals(site));
        await("the database of " + site + " takes writes, and only that one", patience,
                () -> active().equals(site));
        await("the transit router sends the prefix to " + site + "'s provider", patience,
                () -> watch.routedTo(site));
        await("orders are acknowledged without a failure for " + CALM.toSeconds() + " s",
                patience, this::calm);
    }

    private boolean calm() {
        var since = System.nanoTime() - CALM.toNanos();
        return client.acks().stream().filter(ack -> ack.sent() > since).count() > CALM_ORDERS
                && client.failures().stream().noneMatch(failure -> failure.sent() > since);
    }

    /** Lets the world go on for a while: what must not happen gets its chance to. */
    void observe(Duration while_) {
        LockSupport.parkNanos(while_.toNanos());
    }

    /** Does the database of {@code site} replicate from {@code source}, with nothing to catch up? */
    boolean follows(String site, String source) throws IOException {
        return watch.follows(site, source);
    }

    interface Condition {
        boolean holds() throws IOException;
    }

    /** @throws IOException naming what did not happen in time */
    void await(String what, Duration patience, Condition condition) throws IOException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("not within " + patience.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Ends the measuring. {@code target} is the site that should be active now. */
    Outcome conclude(String scenario, String target) throws IOException {
        client.close();
        writers.values().forEach(DirectWriter::close);
        var after = active();
        expect(after.equals(target), "the database of " + target + " should take writes, but it is "
                + after);
        var overlap = Spans.overlap(spans("dc1"), spans("dc2")).toMillis();
        expect(overlap == 0, "both databases took writes for " + overlap + " ms");
        var lost = writers.containsKey(after) ? lost(after) : 0;
        expect(lost == 0, lost + " acknowledged orders are not in the database of " + after);
        var moved = !activeBefore.equals(target) || timeline
                .firstMillis(entry -> entry.kind().equals("writable")).isPresent();
        var promote = timeline.firstMillis(
                entry -> entry.kind().equals("writable") && entry.source().equals(target));
        return new Outcome(scenario, activeBefore, after,
                moved
                        ? timeline.firstMillis(entry -> NOTICED.contains(entry.kind()))
                        : OptionalLong.empty(),
                moved
                        ? timeline.firstMillis(entry -> entry.kind().equals("decision"))
                        : OptionalLong.empty(),
                timeline.firstMillis(entry -> entry.kind().equals("route")
                        && entry.text().endsWith(LabWatch.providerOf(target))),
                promote, writable(promote), lost, overlap,
                failed(), client.acks().size(), tableBefore, watch.route().table(),
                wrong);
    }

    private Spans spans(String site) {
        return Objects.requireNonNull(writers.get(site)).spans();
    }

    private OptionalLong writable(OptionalLong promote) {
        if (promote.isEmpty()) {
            return promote;
        }
        var zero = timeline.zero();
        return client.acks().stream().mapToLong(ack -> (ack.answered() - zero) / 1_000_000)
                .filter(ms -> ms >= promote.getAsLong()).findFirst();
    }

    /** Customers who came before the shop opened do not count. */
    private long failed() {
        return client.failures().stream().filter(failure -> failure.sent() > readySince).count();
    }

    private long lost(String site) throws IOException {
        var kept = new HashSet<>(lab.check(site + "-db", "mariadb", "-N", "-e",
                "SELECT id FROM shop.tx").lines().toList());
        return client.acks().stream().filter(ack -> !kept.contains(Long.toString(ack.id())))
                .count();
    }

    /** Copies the nodes' logs to {@code folder}, then takes everything down. */
    void close(Path folder) throws IOException {
        stopWatching();
        lab.saveLogs(folder);
        lab.close();
    }

    @Override
    public void close() throws IOException {
        stopWatching();
        lab.close();
    }

    private void stopWatching() {
        client.close();
        writers.values().forEach(DirectWriter::close);
        watch.close();
    }
}
