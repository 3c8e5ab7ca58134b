package io.siteswap.bgp.app;

import java.util.List;
import java.util.Optional;

/**
 * One received route.
 *
 * @param peer name of the neighbour that announces it
 * @param asPath AS numbers from the nearest to the origin
 * @param reason why it is best or what beat it
 */
public record RouteView(String prefix, boolean best, List<Long> asPath, String nextHop,
        String peer, List<String> communities, Optional<Long> med, String reason) {
}
