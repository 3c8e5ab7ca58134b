package io.siteswap.monitor.probe;

/** Probes of addresses: what they stand for. */
final class AddressProbes {

    private AddressProbes() {
    }

    record Outside(String service, String site, AddressProbe at) implements Probe {
        @Override
        public Observation look() throws Exception {
            return new Observation.Outside(service, site, true, at.look());
        }

        @Override
        public Observation bad(String detail) {
            return new Observation.Outside(service, site, false, detail);
        }
    }

    record AppServer(String service, String name, AddressProbe at) implements Probe {
        @Override
        public Observation look() throws Exception {
            return new Observation.AppServer(service, name, true, at.look());
        }

        @Override
        public Observation bad(String detail) {
            return new Observation.AppServer(service, name, false, detail);
        }
    }
}
