/** Tests of the replicated state. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.quorum;
