package io.siteswap.bgp.speaker;

/**
 * Which rung a prefix is announced with.
 *
 * @param epoch fencing token of whoever asked for it; 0: the configured initial rung
 */
public record Stance(String rung, long epoch) {
}
