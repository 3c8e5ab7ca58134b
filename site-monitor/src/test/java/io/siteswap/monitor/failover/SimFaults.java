package io.siteswap.monitor.failover;

/**
 * What is deliberately wrong in a simulated world, to show that the invariants notice.
 *
 * @param leaseOfHolders factor on the lease as the datacenters' own monitors count it
 * @param expiryOfArbiter factor on the times that the arbiter waits for
 * @param releaseByDecree a decision alone counts as the old holder's release
 * @param fenceIsEmpty fencing does nothing and says it is done
 * @param noWatchdog nothing resets a machine whose monitor hangs
 * @param nothingIsWorse no rung of the ladder counts as worse than another
 */
record SimFaults(double leaseOfHolders, double expiryOfArbiter, boolean releaseByDecree,
        boolean fenceIsEmpty, boolean noWatchdog, boolean nothingIsWorse) {

    static final SimFaults NONE = new SimFaults(1, 1, false, false, false, false);
}
