/** Main, wiring and command line. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.app;
