package io.siteswap.monitor.probe;

import io.siteswap.monitor.config.ClusterConfig.Timing;
import java.time.Duration;

/**
 * A probe, how often it looks and how long a look may take.
 *
 * @param period from the beginning of one look to that of the next
 * @param timeout a look without an end by then has failed
 */
record Paced(Probe probe, Duration period, Duration timeout) {

    /** What tells the loss of a site: a failover waits for it. */
    static Paced fast(Probe probe, Timing timing) {
        return new Paced(probe, timing.heartbeat(), timing.heartbeatTimeout());
    }

    /** What the own site runs: there slow is not dead. */
    static Paced local(Probe probe, Timing timing) {
        return new Paced(probe, timing.probe(), timing.probeTimeout());
    }
}
