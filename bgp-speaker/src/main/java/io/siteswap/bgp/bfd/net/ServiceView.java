package io.siteswap.bgp.bfd.net;

import io.siteswap.bgp.bfd.Refusal;
import java.time.Duration;
import java.util.Map;

/**
 * What all sessions share.
 *
 * @param refused discarded packets by reason
 * @param lateP99 how late periodic packets were, in 99 of 100 cases at most
 * @param lateMax and in the worst case
 * @param stalls how often this process did not run for longer than a detection time
 */
public record ServiceView(Map<Refusal, Long> refused, Duration lateP99, Duration lateMax,
        long stalls) {
}
