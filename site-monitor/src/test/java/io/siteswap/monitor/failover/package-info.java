/** Simulation and stories of the failover logic. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.failover;
