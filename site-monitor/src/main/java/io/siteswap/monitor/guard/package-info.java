/** Who fences when the monitor cannot: pure. A second process runs it, see {@code guard.io}. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.guard;
