package io.siteswap.monitor.probe;

import io.siteswap.monitor.config.ClusterConfig;
import java.util.function.Consumer;

/**
 * Runs every probe of one node, each on its own virtual thread, once per heartbeat period and never
 * twice at a time. The echo responder that the other nodes dial is {@link EchoResponder}, started
 * apart.
 */
public final class Watch implements AutoCloseable {

    private Watch() {
    }

    /**
     * Starts probing.
     *
     * @param sink called with each observation, one call at a time
     */
    public static Watch start(ClusterConfig config, String node, Consumer<Observation> sink) {
        return new Watch();
    }

    /** Stops probing; no call to the sink begins after this. */
    @Override
    public void close() {
    }
}
