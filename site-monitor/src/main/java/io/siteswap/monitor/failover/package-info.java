/** Leader and agent logic as pure steps: facts to decision to transition to done. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.failover;
