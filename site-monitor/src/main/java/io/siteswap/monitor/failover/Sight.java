package io.siteswap.monitor.failover;

import io.siteswap.policy.facts.Fact;
import java.util.List;

/**
 * What this monitor's own probes see.
 *
 * @param facts the complete set, after hysteresis
 * @param any something has been observed since the start; without it the facts are merely missing
 */
record Sight(List<Fact> facts, boolean any) {

    static final Sight NOTHING = new Sight(List.of(), false);

    Sight {
        facts = List.copyOf(facts);
    }
}
