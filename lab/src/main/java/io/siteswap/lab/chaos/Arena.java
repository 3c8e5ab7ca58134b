package io.siteswap.lab.chaos;

import io.siteswap.lab.client.Client;
import io.siteswap.lab.scenarios.Cluster;
import io.siteswap.lab.scenarios.LabWatch;
import io.siteswap.lab.scenarios.Timeline;
import io.siteswap.lab.topology.NamespaceLab;
import io.siteswap.lab.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** The running lab and everything that watches it, through all rounds. */
final class Arena implements AutoCloseable {

    static final List<String> SITES = LabWatch.SITES;
    private static final Duration FLAP = Duration.ofMillis(350);
    private static final int IDS_AT_ONCE = 500;

    private final NamespaceLab lab;
    private final Timeline timeline;
    private final Cluster cluster;
    private final LabWatch watch;
    private final Map<String, Witness> witnesses = new LinkedHashMap<>();
    private final Orders orders = new Orders();
    private final Power power = new Power();
    private final Client client;

    private Arena(NamespaceLab lab, Timeline timeline) throws IOException {
        this.lab = lab;
        this.timeline = timeline;
        this.cluster = new Cluster(lab);
        this.watch = new LabWatch(lab, timeline);
        for (String site : SITES) {
            witnesses.put(site, new Witness(lab.namespace(site + "-db"), site));
        }
        this.client = watch.customers(orders::acknowledged);
    }

    static Arena open(Topology topology, Timeline timeline) throws IOException {
        NamespaceLab lab = NamespaceLab.up(topology, Clocks.environment());
        try {
            return new Arena(lab, timeline);
        } catch (IOException e) {
            lab.close();
            throw e;
        }
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

    Orders orders() {
        return orders;
    }

    Witness witness(String site) {
        return Objects.requireNonNull(witnesses.get(site), site);
    }

    /** Runs a command in the node; a node that is off, or a command that fails, is no error. */
    void exec(String node, List<String> argv) throws IOException {
        lab.exec(node, argv);
    }

    void powerOff(List<String> nodes) throws IOException {
        power.down(nodes, lab::powerOff);
    }

    /** Everything on the nodes dies at once; the cables stay as they are. */
    void crash(List<String> nodes) throws IOException {
        power.down(nodes, lab::crash);
    }

    /** What took the nodes down is over. */
    void powerOn(List<String> nodes) throws IOException {
        power.up(nodes, watch::powerOn);
    }

    /** Between two flaps of a link. */
    void pause() {
        LockSupport.parkNanos(FLAP.toNanos());
    }

    /** The only site whose database takes writes; empty when it is none or both. */
    String active() {
        List<String> sites = SITES.stream().filter(site -> witness(site).accepts()).toList();
        return sites.size() == 1 ? sites.getFirst() : "";
    }

    LabWatch watch() {
        return watch;
    }

    /**
     * Looks for the orders acknowledged since the last time in the database of {@code site}.
     *
     * @return how many are missing; what is missing now is not looked for again
     */
    int lost(String site) throws IOException {
        List<Long> ids = orders.unchecked();
        int missing = 0;
        for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
            List<Long> some = ids.subList(from, Math.min(ids.size(), from + IDS_AT_ONCE));
            missing += missing(site, some);
        }
        orders.checked(ids);
        return missing;
    }

    private int missing(String site, List<Long> ids) throws IOException {
        String list = String.join(",", ids.stream().map(String::valueOf).toList());
        Set<String> kept = new HashSet<>(lab.check(site + "-db", "mariadb", "-N", "-e",
                "SELECT id FROM shop.tx WHERE id IN (" + list + ")").lines().toList());
        return ids.size() - kept.size();
    }

    /** Copies the nodes' logs to {@code folder}. */
    void saveLogs(Path folder) throws IOException {
        lab.saveLogs(folder);
    }

    @Override
    public void close() throws IOException {
        client.close();
        witnesses.values().forEach(Witness::close);
        watch.close();
        lab.close();
    }
}
