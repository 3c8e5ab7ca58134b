package io.siteswap.bgp.bmp.net;

/**
 * How one collector is doing.
 *
 * @param messages sent since the start
 * @param connects how often it was connected
 * @param overflows how often it was dropped because it did not keep up
 * @param lastError why the last connection or attempt ended, empty if none did
 */
public record FeedView(boolean connected, long messages, long connects, long overflows,
        String lastError) {
}
