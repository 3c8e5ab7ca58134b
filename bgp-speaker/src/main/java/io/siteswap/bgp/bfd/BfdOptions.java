package io.siteswap.bgp.bfd;

import java.time.Duration;

/**
 * Bidirectional Forwarding Detection for one neighbour (RFC 5880).
 *
 * @param transmit desired minimum transmit interval
 * @param receive required minimum receive interval
 * @param multiplier so many lost packets in a row are a failure, 1 to 255
 * @param multihop the neighbour is not on a common link (RFC 5883)
 */
public record BfdOptions(Duration transmit, Duration receive, int multiplier,
        boolean multihop) {

    public static final BfdOptions DEFAULTS = new BfdOptions(Duration.ofMillis(300),
            Duration.ofMillis(300), 3, false);
}
