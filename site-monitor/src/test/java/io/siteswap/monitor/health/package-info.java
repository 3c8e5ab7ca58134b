/** Tests of hysteresis. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.health;
