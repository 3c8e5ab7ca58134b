package io.siteswap.policy.facts;

/** Anything that policy may read. Names of sites and services are those of the configuration. */
public sealed interface Fact {

    /** A site of the cluster. {@code arbiter} sites vote and look from outside, they run nothing. */
    record Site(String name, boolean arbiter) implements Fact {
    }

    /**
     * A site that may hold a service.
     *
     * @param preference 0 for the first site of the service's list, 1 for the second, ...
     */
    record Candidate(String service, String site, int preference) implements Fact {
    }

    /** The site that holds the ticket of a service now; absent while nobody holds it. */
    record Holder(String service, String site, long epoch) implements Fact {
    }

    /** Does {@code from} still hear {@code to} by any path? Seen by {@code from}'s monitor. */
    record Heartbeat(String from, String to, Health health) implements Fact {
    }

    /**
     * Does {@code from} hear {@code to} along one of several paths? Absent where only one is
     * configured; {@link Heartbeat} says then all there is to say.
     */
    record Path(String from, String to, String name, Health health) implements Fact {
    }

    /** The service's front door at {@code site}, probed by {@code from}, another site. */
    record Outside(String from, String service, String site, Health health) implements Fact {
    }

    /**
     * The service as a client at {@code from} gets it: through the shared address, the answer's
     * content checked.
     *
     * @param slow answers come, but take longer than the configuration calls slow
     */
    record Client(String from, String service, Health health, boolean slow) implements Fact {
    }

    /** One application server at {@code site}, probed by the site's own monitor. */
    record AppServer(String service, String site, String name, Health health) implements Fact {
    }

    /**
     * The database (or other promotable resource) at {@code site}, probed by the site's own monitor.
     *
     * @param primary it accepts writes
     */
    record Database(String service, String site, String resource, Health health,
            boolean primary) implements Fact {
    }

    /**
     * Replication into the standby database at {@code site}.
     *
     * @param streaming the replication connection is up
     * @param lagMillis how far behind, in ms; -1 when unknown
     */
    record Replication(String service, String site, String resource, boolean streaming,
            long lagMillis) implements Fact {
    }

    /** The load balancer at {@code site}, probed by the site's own monitor. */
    record LoadBalancer(String service, String site, Health health) implements Fact {
    }

    /**
     * What the speaker at {@code site} announces for the service.
     *
     * @param rung the stance in force at the speaker, in lower case, e.g. {@code normal}
     * @param taken at least one upstream session is established and has been sent the announcement
     */
    record Announcement(String service, String site, String rung, boolean taken) implements Fact {
    }

    /** An operator asks that the service moves to {@code site}. {@code force} skips lag checks. */
    record MoveRequest(String service, String site, String operator,
            boolean force) implements Fact {
    }

    /** The operator who asks for a move takes it upon himself that this rule does not hold. */
    record Waiver(String service, String ruleName, String operator) implements Fact {
    }

    /**
     * Somebody works on the service, or on it at one site.
     *
     * @param site empty: everywhere, and nothing moves by itself; else the site cannot take over
     */
    record Maintenance(String service, String site, String reason) implements Fact {
    }

    /** What an operator has written on a site; means what rules make of it. */
    record Label(String site, String name, String value) implements Fact {
    }

    /** Automatic moves of the service are blocked, e.g. after one automatic move (rule 7). */
    record Blocked(String service, String reason) implements Fact {
    }

    /** A transition of the service is under way. */
    record Moving(String service, String from, String to) implements Fact {
    }

    /** A transition has just ended; what sites report may still be older than its end. */
    record Settling(String service) implements Fact {
    }

    /**
     * The holder has not renewed its lease for so long that it is no hiccup, while a leader was
     * there to take the renewal. A monitor that lives has fenced the site long ago.
     *
     * @param guarded a dead monitor's site is stopped by something else: a guard at each of its nodes,
     *        or a fence device, which the grant then waits for
     */
    record Lapsed(String service, String site, boolean guarded) implements Fact {
    }
}
