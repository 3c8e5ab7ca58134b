package io.siteswap.monitor.probe;

import java.io.IOException;

/** The load balancer answers and knows the service's backend. */
record HaproxyProbe(String service, String backend, HaproxySocket socket) implements Probe {

    @Override
    public Observation look() throws IOException {
        long used = socket.servers(backend).stream().filter(s -> s.running() && !s.maintenance())
                .count();
        return new Observation.LoadBalancer(service, true, used + " servers in use");
    }

    @Override
    public Observation bad(String detail) {
        return new Observation.LoadBalancer(service, false, detail);
    }
}
