package io.siteswap.policy.plan;

/** What the planner needs to know of a resource. Configuration order is the order of takeover. */
public record Resource(String name, Type type) {

    /** How a resource follows its site's role. */
    public enum Type {
        /** One writer: a database. Active: promoted. Standby: replicating, refusing writes. */
        PROMOTABLE,
        /** Runs at the active site only. */
        STARTABLE,
        /** A load balancer: local servers at the active site, the other site's at the standby. */
        ROUTABLE
    }
}
