package io.siteswap.monitor.raft;

import io.siteswap.monitor.config.ClusterConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one member of the log needs to know.
 *
 * @param members all voters, this one among them
 * @param listen {@code host:port} to listen on
 * @param folder where the log and its snapshots are kept
 * @param snapshotEvery entries between snapshots; what is older is purged
 * @param tls folder with the certificates; absent: plain text
 * @param join when the folder is empty: be no member before the others have taken it in
 */
public record RaftSettings(String cluster, String node, List<Member> members, String listen,
        Path folder, Duration electionMin, Duration electionMax, List<String> services,
        int snapshotEvery, Optional<Path> tls, boolean join) {

    /**
     * A restart replays at most this many entries (well under a second), and a log of seven
     * renewals a second is cut about every ten minutes.
     */
    public static final int SNAPSHOT_EVERY = 4_000;

    /** Members that talk in plain text. */
    public RaftSettings(String cluster, String node, List<Member> members, String listen,
            Path folder, Duration electionMin, Duration electionMax, List<String> services,
            int snapshotEvery) {
        this(cluster, node, members, listen, folder, electionMin, electionMax, services,
                snapshotEvery, Optional.empty(), false);
    }

    /** @param preferred leads when it can, e.g. the arbiter */
    public record Member(String node, String address, boolean preferred) {
    }

    public RaftSettings {
        members = List.copyOf(members);
        services = List.copyOf(services);
    }

    /**
     * The settings of a configured node. Arbiters are preferred as leaders: the loss of a
     * datacenter then needs no election.
     */
    public static RaftSettings of(ClusterConfig config, String node, boolean join) {
        List<Member> members = config.nodes().values().stream()
                .map(n -> new Member(n.name(), n.raft(), config.arbiter(n))).toList();
        ClusterConfig.Node own = config.node(node);
        return new RaftSettings(config.cluster(), node, members, own.raftListen(),
                config.dataDir().resolve(node).resolve("raft"), config.timing().electionMin(),
                config.timing().electionMax(), List.copyOf(config.services().keySet()),
                SNAPSHOT_EVERY, config.tls(), join);
    }

    /** Nothing was heard for so long: whoever is well is heard several times in it. */
    Duration silence() {
        return electionMax.multipliedBy(3);
    }

    /** A proposal that is not committed by then fails: a new leader is there twice over. */
    Duration patience() {
        return electionMax.multipliedBy(2);
    }
}
