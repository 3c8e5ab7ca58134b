/** The replicated state: {@code apply(command)}; tickets, decisions, transitions. Pure. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.quorum;
