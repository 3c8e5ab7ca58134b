package io.siteswap.lab.sim;

/** What is deliberately wrong in a simulated world, to show that the invariants notice. */
enum Mutation {
    NONE("nothing is wrong"), //
    LONG_LEASE("holders count a lease a thousand times as long as the leader does"), //
    NO_LEASE_WAIT("the arbiter grants after a hundredth of the time that a lease may run"), //
    RELEASE_BY_DECREE("a decision alone counts as the old holder's release"), //
    EMPTY_FENCE("fencing does nothing and says that it is done"), //
    NO_WATCHDOG("nothing resets a machine whose monitor hangs"), //
    NO_LADDER("no rung counts as worse than another"), //
    MINORITY_RENEWS("a leader that lost its majority goes on renewing leases"), //
    WRITER_AT_BOOT("a database that was writable accepts writes again when it boots");

    private final String what;

    Mutation(String what) {
        this.what = what;
    }

    /** In a sentence without its end. */
    String what() {
        return what;
    }

    /** Factor on the lease as the datacenters' own monitors count it. */
    double leaseOfHolders() {
        return this == LONG_LEASE ? 1000 : 1;
    }

    /** Factor on the times that the arbiter waits for. */
    double expiryOfArbiter() {
        return this == NO_LEASE_WAIT ? 0.01 : 1;
    }
}
