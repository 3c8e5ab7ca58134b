package io.siteswap.monitor.sql;

import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ClusterConfig.SharedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What one monitor needs to know of the shared database.
 *
 * @param nodes all monitors, those that should lead first
 * @param preferred how many of them lead whenever they can, e.g. the arbiter
 * @param folder where this node remembers what it has seen
 * @param electionMin a leader whose last sign is older than this does not act as one
 * @param electionMax by then another has taken its place
 * @param snapshotEvery entries between snapshots; what is older than the one before is deleted
 */
public record SqlSettings(String cluster, String node, List<String> nodes, int preferred,
        SharedDatabase database, Path folder, Duration electionMin, Duration electionMax,
        List<String> services, int snapshotEvery) {

    /** A monitor that starts reads at most twice as many entries. */
    public static final int SNAPSHOT_EVERY = 4_000;

    public SqlSettings {
        nodes = List.copyOf(nodes);
        services = List.copyOf(services);
    }

    /** The settings of a configured node. Arbiters are preferred as leaders, as with Raft. */
    public static SqlSettings of(ClusterConfig config, String node, SharedDatabase database) {
        List<String> arbitersFirst = config.nodes().values().stream()
                .sorted(Comparator.comparing(it -> !config.arbiter(it)))
                .map(ClusterConfig.Node::name).toList();
        int arbiters = (int) config.nodes().values().stream().filter(config::arbiter).count();
        return new SqlSettings(config.cluster(), node, arbitersFirst, arbiters, database,
                config.dataDir().resolve(node).resolve("sql"), config.timing().electionMin(),
                config.timing().electionMax(), List.copyOf(config.services().keySet()),
                SNAPSHOT_EVERY);
    }

    /** A proposal that is not committed by then fails; no answer of the database takes longer. */
    Duration patience() {
        return electionMax.multipliedBy(2);
    }
}
