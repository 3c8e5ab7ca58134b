package io.siteswap.monitor.probe;

import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.policy.facts.Fact;
import java.util.List;
import java.util.Optional;

/** Observations of one node made into its complete list of facts. Pure; one caller at a time. */
public final class FactBoard {

    private FactBoard() {
    }

    /** A board on which everything that the node watches is still unknown. */
    public static FactBoard of(ClusterConfig config, String node) {
        return new FactBoard();
    }

    /** Takes an observation in; returns the complete new list when a fact has changed. */
    public Optional<List<Fact>> see(Observation observation) {
        return Optional.empty();
    }

    /** The complete list as it stands. */
    public List<Fact> facts() {
        return List.of();
    }
}
