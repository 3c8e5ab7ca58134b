package io.siteswap.lab.scenarios;

import io.siteswap.lab.client.Client;
import io.siteswap.lab.topology.NamespaceLab;
import io.siteswap.lab.topology.NetworkNamespace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The running lab's watchers: the transit router's route, the monitors' events and the databases'
 * replication. Closing it leaves the lab itself running.
 */
public final class LabWatch implements AutoCloseable {

    public static final List<String> SITES = List.of("dc1", "dc2");
    private static final List<String> MONITORS = List.of("arb", "dc1", "dc2");
    private static final InetSocketAddress DOOR = new InetSocketAddress("203.0.113.10", 8080);

    private final NamespaceLab lab;
    private final RouteWatch route;
    private final Map<String, EventWatch> events = new LinkedHashMap<>();

    public LabWatch(NamespaceLab lab, Timeline timeline) throws IOException {
        this.lab = lab;
        this.route = new RouteWatch(lab, timeline);
        for (String monitor : MONITORS) {
            events.put(monitor, new EventWatch(lab.namespace(Cluster.nodeOf(monitor)), monitor,
                    Cluster.apiOf(monitor), timeline));
        }
    }

    RouteWatch route() {
        return route;
    }

    /** Customers who come through the shared address. */
    public Client customers(Consumer<Client.Ack> onAck) {
        return new Client(DOOR, onAck,
                body -> NetworkNamespace.unstarted(lab.namespace("client"), "customer", body));
    }

    /** Power is back at the nodes; their monitors are listened to again. */
    public void powerOn(List<String> nodes) throws IOException {
        lab.powerOn(nodes);
        events.forEach((monitor, watch) -> {
            if (nodes.contains(Cluster.nodeOf(monitor))) {
                watch.reconnect();
            }
        });
    }

    /** Does traffic for the shared prefix go to the site's provider? */
    public boolean routedTo(String site) {
        return route.provider().equals(providerOf(site));
    }

    static String providerOf(String site) {
        return site.equals("dc1") ? "isp1" : "isp2";
    }

    /** Does the transit router see the announcements of both sites? */
    public boolean bothAnnounced() throws IOException {
        return Outcome.pathCount(route.table()) == SITES.size();
    }

    /** Does the database of {@code site} replicate from {@code source}, with nothing to catch up? */
    public boolean follows(String site, String source) throws IOException {
        var ended = lab.exec(site + "-db", List.of("mariadb", "-e", "SHOW SLAVE STATUS\\G"));
        String text = ended.output();
        return ended.code() == 0 && text.contains("Master_Host: " + database(source))
                && text.contains("Slave_IO_Running: Yes")
                && text.contains("Slave_SQL_Running: Yes")
                && text.contains("Seconds_Behind_Master: 0");
    }

    private static String database(String site) {
        return site.equals("dc1") ? "198.18.1.20" : "198.18.2.20";
    }

    @Override
    public void close() {
        events.values().forEach(EventWatch::close);
        route.close();
    }
}
