package io.siteswap.lab.demo;

import io.siteswap.lab.LabFailure;
import io.siteswap.lab.client.Client;
import io.siteswap.lab.client.DirectWriter;
import io.siteswap.lab.client.Spans;
import io.siteswap.lab.demo.Layout.Place;
import io.siteswap.lab.demo.Observer.Seen;
import io.siteswap.lab.postgres.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A running cluster with everything that watches it from outside. */
final class Stage implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int READ_SECONDS = 10;

    private final Layout layout;
    private final Timeline timeline;
    private final Cluster cluster;
    private final Observer observer;
    private final Client client;
    private final DirectWriter writer1;
    private final DirectWriter writer2;
    private volatile String active = "";
    private long steadyAt;

    private Stage(Layout layout, Timeline timeline, Cluster cluster, Observer observer) {
        this.layout = layout;
        this.timeline = timeline;
        this.cluster = cluster;
        this.observer = observer;
        this.writer1 = writer(Place.DC1);
        this.writer2 = writer(Place.DC2);
        this.client = new Client(
                new InetSocketAddress(layout.at(Place.INTERNET), Layout.DOOR), this::acknowledged);
    }

    private DirectWriter writer(Place site) {
        return new DirectWriter(cluster.databases().at(site),
                at -> observer.saw(at, "writer", "writes", site.lower()));
    }

    /** Only changes are news. */
    private void acknowledged(Client.Ack ack) {
        boolean news;
        synchronized (this) {
            news = !active.equals(ack.site());
            active = ack.site();
        }
        if (news) {
            observer.saw(ack.answered(), "client", "ack", ack.site());
        }
    }

    /** Starts everything and returns when dc1 is active and dc2 is ready to take over. */
    static Stage set(Layout layout, Cluster cluster, Timeline timeline)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        Narrator narrator = new Narrator(timeline, layout);
        Observer observer = new Observer(layout, narrator::tell);
        cluster.startInternet(line -> narrator.internet(observer, line));
        for (Place site : Layout.DATACENTERS) {
            cluster.startServing(site);
        }
        cluster.startDatabases();
        progress(timeline, began, "databases stream from dc1 to dc2");
        Layout.SITES.forEach(cluster::startMonitor);
        observer.follow();
        Stage stage = new Stage(layout, timeline, cluster, observer);
        try {
            stage.awaitSteady(began);
        } catch (LabFailure | InterruptedException e) {
            stage.close();
            throw e;
        }
        narrator.live();
        return stage;
    }

    private static void progress(Timeline timeline, long began, String what) {
        timeline.plain("  %5.1f s  %s".formatted((System.nanoTime() - began) / 1e9, what));
    }

    private void awaitSteady(long began) throws InterruptedException {
        await("the monitors have elected a leader",
                () -> status().filter(it -> !it.path("leader").asString("").isEmpty()).isPresent());
        progress(timeline, began, "three monitors, leader "
                + status().map(it -> it.path("leader").asString("")).orElse(""));
        await("dc1 holds the service", () -> holds(Place.DC1));
        progress(timeline, began, "dc1 holds the ticket");
        await("a client writes through the Internet to dc1", () -> active.equals("dc1"));
        progress(timeline, began, "clients write through the Internet to dc1");
        await("dc2 is ready to take over", () -> ready(Place.DC2));
        await("the Internet has both announcements", () -> observer.first(0, seen -> seen.kind()
                .equals("route") && seen.text().equals("dc1")).isPresent());
        progress(timeline, began, "dc2 is ready to take over");
        steadyAt = System.nanoTime();
    }

    /** The answer of the first monitor that answers, the arbiter's first. */
    Optional<JsonNode> status() {
        try {
            for (Place site : List.of(Place.ARB, Place.DC2, Place.DC1)) {
                Optional<JsonNode> answer = observer.monitor(site).status();
                if (answer.isPresent()) {
                    return answer;
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /** The site holds the ticket and nothing is under way. */
    boolean holds(Place site) {
        return status().map(it -> it.path("services").path("shop"))
                .filter(shop -> shop.path("holder").asString("").equals(site.lower())
                        && shop.path("phase").asString("").equals("HELD")
                        && shop.path("running").isNull())
                .isPresent();
    }

    /** Its database streams, its applications are up, and it announces as a backup. */
    boolean ready(Place site) {
        return fact(it -> at(it, site) && it.path("streaming").asBoolean(false))
                && fact(it -> at(it, site) && it.has("primary") && !it.path("primary").asBoolean()
                        && it.path("health").asString("").equals("UP"))
                && fact(it -> at(it, site) && it.path("rung").asString("").equals("backup")
                        && it.path("taken").asBoolean(false))
                && fact(it -> at(it, Layout.other(site))
                        && it.path("rung").asString("").equals("normal"));
    }

    private static boolean at(JsonNode fact, Place site) {
        return fact.path("site").asString("").equals(site.lower());
    }

    private boolean fact(Predicate<JsonNode> which) {
        return status().filter(it -> it.path("facts").valueStream().anyMatch(which)).isPresent();
    }

    /** Something that must come true; else the run ends with one sentence. */
    void await(String what, BooleanSupplier condition)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            Optional<String> dead = cluster.casualty();
            if (dead.isPresent()) {
                throw new LabFailure("While waiting until " + what + ": " + dead.get());
            }
            if (System.nanoTime() > end) {
                throw new LabFailure("It did not come true within " + PATIENCE.toSeconds()
                        + " s that " + what + ": look into the logs in " + layout.dir());
            }
            Thread.sleep(POLL); // the interface is asked; it offers no event for this
        }
    }

    /** Some more acknowledged writes at the site, so that the end is seen under load, too. */
    void awaitAcks(Place site, int count) throws InterruptedException {
        long from = System.nanoTime();
        await("clients write at " + site.lower(), () -> client.acks().stream()
                .filter(ack -> ack.sent() > from && ack.site().equals(site.lower()))
                .count() >= count);
    }

    Cluster cluster() {
        return cluster;
    }

    Observer observer() {
        return observer;
    }

    Timeline timeline() {
        return timeline;
    }

    Client client() {
        return client;
    }

    long steadyAt() {
        return steadyAt;
    }

    /** The site that acknowledged last. */
    String active() {
        return active;
    }

    Duration dualWriter() {
        return Spans.overlap(writer1.spans(), writer2.spans());
    }

    boolean accepts(Place site) {
        return (site == Place.DC1 ? writer1 : writer2).accepts();
    }

    /** Acknowledged ids that the site's database does not have. */
    List<Long> lost(Place site) {
        Set<Long> present = new HashSet<>();
        try (Connection connection = cluster.databases().at(site).connect(Server.DATABASE,
                READ_SECONDS);
                ResultSet rows = connection.createStatement().executeQuery("select id from tx")) {
            while (rows.next()) {
                present.add(rows.getLong(1));
            }
        } catch (SQLException e) {
            throw new LabFailure("The database at " + site.lower()
                    + " cannot be read at the end: " + e.getMessage(), e);
        }
        return client.acks().stream().map(Client.Ack::id).filter(id -> !present.contains(id))
                .sorted().toList();
    }

    Optional<Seen> first(long since, Predicate<Seen> which) {
        return observer.first(since, which);
    }

    @Override
    public void close() {
        client.close();
        writer1.close();
        writer2.close();
        observer.close();
    }
}
