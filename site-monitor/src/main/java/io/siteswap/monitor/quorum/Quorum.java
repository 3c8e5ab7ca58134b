package io.siteswap.monitor.quorum;

import java.util.List;
import java.util.Map;

/** The deterministic state machine behind the log. */
public final class Quorum {

    private Quorum() {
    }

    /** The state before the first entry: a vacant ticket for each service. */
    public static ClusterState initial(List<String> services) {
        return new ClusterState(Map.of(), Map.of(), Map.of());
    }

    /** Applies one committed command. Never throws on a command that does not fit: it refuses. */
    public static Applied apply(ClusterState state, Command command) {
        return new Applied(state, new Reply.Refused("not built yet"));
    }

    /** Next state and reply. */
    public record Applied(ClusterState next, Reply reply) {
    }
}
