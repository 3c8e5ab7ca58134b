/** Resource agents: what a step does to a real database, load balancer, process or speaker. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.action;
