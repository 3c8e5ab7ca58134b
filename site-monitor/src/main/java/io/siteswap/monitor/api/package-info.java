/** REST and server-sent events. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.api;
