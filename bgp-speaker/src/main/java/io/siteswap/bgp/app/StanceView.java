package io.siteswap.bgp.app;

import java.util.Map;
import java.util.Optional;

/**
 * How one own prefix is announced.
 *
 * @param epoch fencing token of the stance in force; 0: the initial rung
 * @param written by neighbour: whether this stance has been written to its session
 * @param rpki valid, invalid or unknown, of what is announced; absent: the RPKI is not asked
 */
public record StanceView(String prefix, String service, String rung, long epoch,
        Map<String, Boolean> written, Optional<String> rpki) {

    /** Without a word of the RPKI. */
    public StanceView(String prefix, String service, String rung, long epoch,
            Map<String, Boolean> written) {
        this(prefix, service, rung, epoch, written, Optional.empty());
    }

    StanceView withRpki(String validity) {
        return new StanceView(prefix, service, rung, epoch, written, Optional.of(validity));
    }
}
