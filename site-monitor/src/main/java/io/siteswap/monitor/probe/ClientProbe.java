package io.siteswap.monitor.probe;

import java.io.IOException;
import java.time.Duration;

/** The service as a client gets it: a request to the shared address, its content and its time. */
record ClientProbe(String service, AddressProbe.HttpProbe at, Duration slow) implements Probe {

    @Override
    public Observation look() throws IOException, InterruptedException {
        long began = System.nanoTime();
        String said = at.look();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return new Observation.Client(service, true, took.compareTo(slow) > 0,
                said + " after " + took.toMillis() + " ms");
    }

    @Override
    public Observation bad(String detail) {
        return new Observation.Client(service, false, false, detail);
    }
}
