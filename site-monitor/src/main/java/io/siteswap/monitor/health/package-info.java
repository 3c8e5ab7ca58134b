/** Hysteresis: observations to health. Pure. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.health;
