/** What every log behind the replicated state shares: how entries are written, how they queue. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.log;
