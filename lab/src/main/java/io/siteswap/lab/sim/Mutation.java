package io.siteswap.lab.sim;

/** What is deliberately wrong in a simulated world, to show that the invariants notice. */
enum Mutation {
    NONE("nothing is wrong"), //
    LONG_LEASE("holders count a lease a thousand times as long as the leader does"), //
    NO_LEASE_WAIT("the arbiter grants after a hundredth of the time that a lease may run"), //
    LEASE_FROM_ANSWER("holders count a lease from the answer, not from what they sent"), //
    MINORITY_RENEWS("a leader that lost its majority goes on renewing leases"), //
    RELEASE_BY_DECREE("a decision alone counts as the old holder's release"), //
    SLOW_CLOCK("the holders' clocks run at two thirds of the speed"), //
    CLOCK_STANDS("a machine stands still for a while, and its clock with it"), //
    CLOCK_SET_BACK("a holder's monotonic clock is set back by two seconds now and then"), //
    EMPTY_FENCE("fencing does nothing and says that it is done"), //
    SLOW_FENCE("fencing takes three times its bound"), //
    LYING_DEMOTE("a demotion does nothing and says that it is done"), //
    EARLY_ANSWER("a demotion says that it is done when it has only begun"), //
    DEVICES_NOT_WAITED_FOR("the end of a lease is enough where fence devices are required"), //
    LYING_DEVICE("a fence device confirms that there is no power, and there is"), //
    NO_GUARD("nothing fences when a monitor hangs or is killed"), //
    PATIENT_GUARD("the guard gives a hanging monitor three times the fence bound"), //
    DEAF_TO_GUARD("a monitor that starts does not hear what lease its guard has taken"), //
    NO_LADDER("no rung counts as worse than another"), //
    WRITER_AT_BOOT("a database that was writable accepts writes again when it boots"), //
    PROMOTE_UNDRAINED("a promotion does not wait until what was received is applied"), //
    PROMOTE_UNRECEIVED("a promotion does not wait until nothing more arrives"), //
    DEMOTE_UNSHIPPED("a demotion does not wait until the replica has everything"), //
    DIVERGED_FOLLOWS("a server that has more than its source may follow it"), //
    UNASKED_REPLICA("a switchover does not ask whether the standby replicates"), //
    DEAF_SWITCHOVER("a switchover does not ask whether the sites hear each other"), //
    EARLY_ACKNOWLEDGEMENT("a commit does not wait for the replica, which answers all the same");

    private static final double SLOW = 2.0 / 3;

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

    /** Factor on the speed of the datacenters' clocks. */
    double rateOfHolders() {
        return this == SLOW_CLOCK ? SLOW : 1;
    }
}
