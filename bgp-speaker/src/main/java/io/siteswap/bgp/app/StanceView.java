package io.siteswap.bgp.app;

import java.util.Map;

/**
 * How one own prefix is announced.
 *
 * @param epoch fencing token of the stance in force; 0: the initial rung
 * @param written by neighbour: whether this stance has been written to its session
 */
public record StanceView(String prefix, String service, String rung, long epoch,
        Map<String, Boolean> written) {
}
