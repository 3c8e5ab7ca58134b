/** The log behind the replicated state: a shared, highly available SQL database. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.sql;
