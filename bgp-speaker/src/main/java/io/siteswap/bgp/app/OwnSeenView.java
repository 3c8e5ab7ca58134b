package io.siteswap.bgp.app;

import java.util.List;

/**
 * What comes back of one of our own prefixes.
 *
 * @param routes of it and of prefixes inside it; empty: no neighbour sends it to us
 */
public record OwnSeenView(String own, List<SeenView> routes) {
}
