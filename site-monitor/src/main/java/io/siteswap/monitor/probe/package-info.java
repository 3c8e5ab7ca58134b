/** Real probes: TCP echo, HTTP, databases, BGP sessions. Decides nothing. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.probe;
