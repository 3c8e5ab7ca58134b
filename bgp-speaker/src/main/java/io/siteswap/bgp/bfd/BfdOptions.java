package io.siteswap.bgp.bfd;

import java.time.Duration;

/**
 * Bidirectional Forwarding Detection for one neighbour (RFC 5880).
 *
 * @param transmit desired minimum transmit interval
 * @param receive required minimum receive interval
 * @param multiplier so many lost packets in a row are a failure, 1 to 255
 * @param multihop the neighbour is not on a common link (RFC 5883)
 * @param minimumTtl packets with a smaller received TTL are not the neighbour's; always 255 on a
 * common link (RFC 5881 section 5)
 */
public record BfdOptions(Duration transmit, Duration receive, int multiplier,
        boolean multihop, int minimumTtl) {

    /** The TTL of a packet that no router has passed on. */
    public static final int DIRECT_TTL = 255;

    private static final Duration LONGEST = Duration.ofNanos(0xFFFF_FFFFL * 1000);

    public static final BfdOptions DEFAULTS = new BfdOptions(Duration.ofMillis(300),
            Duration.ofMillis(300), 3, false);

    /** @throws IllegalArgumentException with a sentence for the configuration's author */
    public BfdOptions {
        checkInterval("transmit", transmit);
        checkInterval("receive", receive);
        if (multiplier < 1 || multiplier > 255) {
            throw new IllegalArgumentException(
                    "The BFD multiplier must be between 1 and 255, not " + multiplier + ".");
        }
        if (minimumTtl < 1 || minimumTtl > DIRECT_TTL) {
            throw new IllegalArgumentException(
                    "The minimum TTL for BFD must be between 1 and 255, not " + minimumTtl + ".");
        }
        if (!multihop && minimumTtl != DIRECT_TTL) {
            throw new IllegalArgumentException(
                    "A minimum TTL for BFD other than 255 needs 'multihop'.");
        }
    }

    /** Any TTL will do for multihop. */
    public BfdOptions(Duration transmit, Duration receive, int multiplier, boolean multihop) {
        this(transmit, receive, multiplier, multihop, multihop ? 1 : DIRECT_TTL);
    }

    private static void checkInterval(String name, Duration interval) {
        if (interval.compareTo(Duration.ofMillis(1)) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("The BFD " + name
                    + " interval must be between 1 ms and 71 minutes, not " + interval.toMillis()
                    + " ms.");
        }
    }

    public BfdOptions withIntervals(Duration newTransmit, Duration newReceive) {
        return new BfdOptions(newTransmit, newReceive, multiplier, multihop, minimumTtl);
    }

    public BfdOptions withMultiplier(int other) {
        return new BfdOptions(transmit, receive, other, multihop, minimumTtl);
    }

    /** @param ttl see {@link #minimumTtl} */
    public BfdOptions withMultihop(int ttl) {
        return new BfdOptions(transmit, receive, multiplier, true, ttl);
    }
}
