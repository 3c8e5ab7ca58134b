package io.siteswap.monitor.probe;

/** What one probe of this node saw once, before hysteresis. {@code detail} is one clear phrase. */
public sealed interface Observation {

    /** The thing answered as it should. */
    boolean good();

    /** What was seen, for the event stream and the log. */
    String detail();

    /** An echo came back from the monitor {@code node} at {@code site}, along {@code path}. */
    record Heartbeat(String node, String site, String path, boolean good,
            String detail) implements Observation {
    }

    /** The front door of a service at another site. */
    record Outside(String service, String site, boolean good,
            String detail) implements Observation {
    }

    /**
     * The service through its shared address.
     *
     * @param slow the answer was good, but took too long
     */
    record Client(String service, boolean good, boolean slow,
            String detail) implements Observation {
    }

    /** An application server of this site. */
    record AppServer(String service, String name, boolean good,
            String detail) implements Observation {
    }

    /**
     * A database of this site.
     *
     * @param primary it accepts writes
     * @param streaming it is a standby and its replication connection is up
     * @param lagMillis how far a standby is behind, in ms; -1 when unknown
     */
    record Database(String service, String resource, boolean good, boolean primary,
            boolean streaming, long lagMillis, String detail) implements Observation {

        static Database bad(String service, String resource, String detail) {
            return new Database(service, resource, false, false, false, -1, detail);
        }
    }

    /** The load balancer of this site. */
    record LoadBalancer(String service, boolean good, String detail) implements Observation {
    }

    /**
     * What this site's speaker announces for a service.
     *
     * @param rung the stance in force, empty when none was ever set
     * @param taken an established session has been sent the announcement
     */
    record Announcement(String service, boolean good, String rung, boolean taken,
            String detail) implements Observation {
    }
}
