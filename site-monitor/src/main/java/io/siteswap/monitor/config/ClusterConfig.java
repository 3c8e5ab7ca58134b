package io.siteswap.monitor.config;

import io.siteswap.bgp.app.NeighborOptions;
import io.siteswap.bgp.app.SpeakerOptions;
import io.siteswap.policy.plan.Resource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole cluster as its one file describes it, validated. Maps keep the file's order.
 *
 * @param dataDir each node keeps its files in a folder of its name below this one
 * @param rules additional rule files, evaluated after the shipped packs
 * @param unsafe what it lacks of a quorum, a sentence each; empty when it has one
 * @param sharedDatabase has the log of the monitors; absent: they keep it themselves, by Raft
 * @param tls folder with the certificates by which the members of the log know each other; absent:
 *     they talk in plain text and believe anybody who reaches them
 */
public record ClusterConfig(String cluster, Path dataDir, Timing timing, List<Path> rules,
        Map<String, Rung> ladder, Map<String, Site> sites, Map<String, Node> nodes,
        Map<String, Service> services, List<String> unsafe,
        Optional<SharedDatabase> sharedDatabase, Optional<Path> tls) {

    /** One that has a quorum. */
    public ClusterConfig(String cluster, Path dataDir, Timing timing, List<Path> rules,
            Map<String, Rung> ladder, Map<String, Site> sites, Map<String, Node> nodes,
            Map<String, Service> services) {
        this(cluster, dataDir, timing, rules, ladder, sites, nodes, services, List.of(),
                Optional.empty(), Optional.empty());
    }

    /** @throws IllegalArgumentException when there is no such node */
    public Node node(String name) {
        return found(nodes, "node", name);
    }

    /** @throws IllegalArgumentException when there is no such service */
    public Service service(String name) {
        return found(services, "service", name);
    }

    /** Does the node only vote and look? Such nodes are preferred as leaders. */
    public boolean arbiter(Node node) {
        Site site = sites.get(node.site());
        return site != null && site.arbiter();
    }

    private static <T> T found(Map<String, T> all, String what, String name) {
        T value = all.get(name);
        if (value == null) {
            throw new IllegalArgumentException("There is no " + what + " '" + name
                    + "' in the configuration (expected one of " + String.join(", ", all.keySet())
                    + ").");
        }
        return value;
    }

    /**
     * @param heartbeat period of what tells the loss of a site: heartbeats, other sites' front doors
     * @param heartbeatTimeout one of those without an answer by then has failed
     * @param probe period of the probes of what the own site runs
     * @param probeTimeout one of those without an answer by then has failed
     * @param rise good observations in a row until UP
     * @param fall bad observations in a row until DOWN
     * @param lease a site may be active this long after it sent its last granted renewal
     * @param renew period of renewals
     * @param fenceBound self-fencing completes within this
     * @param driftMargin how far two monotonic clocks may drift apart during lease + fenceBound
     * @param electionMin Raft election timeout, lower end
     * @param electionMax Raft election timeout, upper end
     * @param stepTimeout a step without an end by then has failed
     * @param cooldown after an automatic move, automatic moves are blocked this long
     */
    public record Timing(Duration heartbeat, Duration heartbeatTimeout, Duration probe,
            Duration probeTimeout, int rise, int fall, Duration lease, Duration renew,
            Duration fenceBound, Duration driftMargin, Duration electionMin, Duration electionMax,
            Duration stepTimeout, Duration cooldown) {
    }

    /** @param url JDBC address of PostgreSQL or MariaDB, which may name several hosts */
    public record SharedDatabase(String url, String user, String password) {
    }

    /** A rung of the ladder of stances. */
    public record Rung(int prepends, List<String> communities, Optional<Long> med,
            boolean withdrawn, List<String> largeCommunities, List<String> extendedCommunities,
            List<String> asks, List<Integer> moreSpecifics) {

        public Rung(int prepends, List<String> communities, boolean withdrawn) {
            this(prepends, communities, Optional.empty(), withdrawn, List.of(), List.of(),
                    List.of(), List.of());
        }
    }

    /**
     * @param arbiter votes and looks from outside, runs no service
     * @param fencing how others take its power away
     */
    public record Site(String name, boolean arbiter, Optional<Fencing> fencing) {

        /** A site without fence devices. */
        public Site(String name, boolean arbiter) {
            this(name, arbiter, Optional.empty());
        }
    }

    /**
     * Fence devices of a site: all of them together take the power from everything that runs there.
     *
     * @param required nobody is granted what the site holds before they confirm; absent: only where
     *        some node of the site has no guard
     */
    public record Fencing(Optional<Boolean> required, List<FenceDevice> devices) {
        public Fencing {
            devices = List.copyOf(devices);
        }
    }

    /**
     * @param off command that takes the power away; exits 0 when it is on its way
     * @param confirm command that exits 0 only while there certainly is no power
     * @param timeout of the whole
     */
    public record FenceDevice(String name, List<String> off, List<String> confirm,
            Duration timeout) {
        public FenceDevice {
            off = List.copyOf(off);
            confirm = List.copyOf(confirm);
        }
    }

    /**
     * One monitor and, at a datacenter, its speaker. Addresses are {@code host:port}.
     *
     * @param heartbeat where the others reach its echo responder, along the path {@link #DIRECT}
     * @param heartbeatListen addresses that the responder listens on
     * @param paths where they reach it along other paths, by their names
     * @param guard nothing is activated here unless a guard runs beside the monitor
     * @param watchdog the guard starts it before anything is activated here
     * @param agentCheck where the guard tells load balancers whether the site may be active
     */
    public record Node(String name, String site, String raft, String raftListen,
            String heartbeat, List<String> heartbeatListen, String api,
            Optional<Speaker> speaker, Map<String, String> paths, boolean guard,
            Optional<Watchdog> watchdog, Optional<HostPort> agentCheck) {

        /** The name of the path to {@code heartbeat}. */
        public static final String DIRECT = "direct";

        /** A node that is reached along one path, without a guard. */
        public Node(String name, String site, String raft, String raftListen, String heartbeat,
                String heartbeatListen, String api, Optional<Speaker> speaker) {
            this(name, site, raft, raftListen, heartbeat, List.of(heartbeatListen), api, speaker,
                    Map.of(), false, Optional.empty(), Optional.empty());
        }
    }

    /** A device that resets the machine when it is not fed for {@code timeout}, whole seconds. */
    public record Watchdog(Path device, Duration timeout) {
    }

    /**
     * @param socket Unix socket of the local API
     * @param listen address to accept BGP on; absent: only connects
     */
    public record Speaker(Path socket, long as, String routerId, Optional<String> listen,
            Duration hold, List<Neighbor> neighbors, SpeakerOptions options) {
    }

    /**
     * @param local source address; absent: the kernel's choice
     * @param nextHop what we announce as NEXT_HOP; absent: our address on the session
     * @param meanings the neighbour's communities by what they mean to it
     */
    public record Neighbor(String name, String address, int port, long as, boolean passive,
            Optional<String> local, Optional<String> nextHop, Map<String, String> meanings,
            NeighborOptions options) {
    }

    /**
     * @param sites datacenters that may hold it, the preferred one first
     * @param resources in the order of takeover
     * @param apps application servers to watch, by site
     * @param outside the front door as the other sites probe it, by site: tcp:// or http://
     * @param client how a client uses it, through the shared address
     */
    public record Service(String name, List<String> prefixes, List<String> sites,
            List<ResourceConfig> resources, Map<String, List<App>> apps,
            Map<String, URI> outside, Optional<ClientCheck> client) {

        /** A service whose clients nobody imitates. */
        public Service(String name, List<String> prefixes, List<String> sites,
                List<ResourceConfig> resources, Map<String, List<App>> apps,
                Map<String, URI> outside) {
            this(name, prefixes, sites, resources, apps, outside, Optional.empty());
        }
    }

    /**
     * A request as a client sends it.
     *
     * @param probe http:// address that leads to a shared prefix
     * @param expect text that the answer must contain; empty: any answer will do
     * @param slow an answer that takes longer than this is a slow one
     * @param timeout one that takes longer than this is none
     * @param every from the beginning of one request to that of the next
     */
    public record ClientCheck(URI probe, String expect, Duration slow, Duration timeout,
            Duration every) {
    }

    /**
     * @param probe tcp:// or http:// address that its own site's monitor probes
     * @param expect text that an HTTP answer must contain; empty: any answer will do
     */
    public record App(String name, URI probe, String expect) {
        public App(String name, URI probe) {
            this(name, probe, "");
        }
    }

    /**
     * A resource and what it is at each site.
     *
     * @param writeProbe a database that may be written to is probed with a write
     * @param onLoss what becomes of it when its site has lost the ticket
     */
    public record ResourceConfig(String name, Resource.Type type,
            Map<String, ResourceSettings> at, boolean writeProbe, LossPolicy onLoss) {
        public ResourceConfig(String name, Resource.Type type, Map<String, ResourceSettings> at) {
            this(name, type, at, false, LossPolicy.FENCE);
        }
    }

    /** Pacemaker's {@code loss-policy}. */
    public enum LossPolicy {
        /** The hard and fast way; the default. */
        FENCE,
        /** In order: its stop command. */
        STOP,
        /** In order, and fenced when that takes too long. */
        DEMOTE,
        /** Nothing. */
        FREEZE
    }

    /** Settings of one resource at one site, by kind. */
    public sealed interface ResourceSettings {

        /**
         * @param start command that starts the server as it was, e.g. {@code pg_ctl start}
         * @param stop command that stops it cleanly, all WAL sent (fast shutdown)
         * @param fence command that stops it at once (immediate shutdown)
         * @param follow command that starts it as a standby of the other site
         * @param resync command that rebuilds it as a standby of the other site
         */
        record Postgresql(String url, String user, String password, List<String> start,
                List<String> stop, List<String> fence, List<String> follow,
                List<String> resync) implements ResourceSettings {
        }

        /**
         * @param source host:port at which this site reaches the other site's server
         * @param start command that starts the server; it starts read-only
         * @param fence command that kills it when it does not answer
         * @param resync command that rebuilds it from the other site
         */
        record Mariadb(String url, String user, String password, String source,
                String replicationUser, String replicationPassword, List<String> start,
                List<String> fence, List<String> resync) implements ResourceSettings {
        }

        /**
         * @param socket runtime API: path of a Unix socket or host:port
         * @param local servers of this site in the backend
         * @param remote servers of the backend that lead to the other site
         */
        record Haproxy(String socket, String frontend, String backend, List<String> local,
                List<String> remote) implements ResourceSettings {
        }

        /** @param monitor command that exits 0 while it runs; empty: not watched */
        record Exec(List<String> start, List<String> stop,
                List<String> monitor) implements ResourceSettings {
        }
    }
}
