/** The log behind the replicated state: Apache Ratis. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.raft;
