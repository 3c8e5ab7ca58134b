package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Prefix;
import java.util.Optional;

/**
 * What a neighbour says now of one of our own prefixes, or of a prefix inside one.
 *
 * @param identifier of the path (RFC 7911); 0: it sends none
 * @param sight empty: it says nothing of it any more
 */
public record Seen(String peer, Prefix prefix, int identifier, Optional<Sight> sight) {

    /**
     * The route as it came.
     *
     * @param rejection why it is not kept; empty: it is kept like any other route
     */
    public record Sight(Attributes attributes, Optional<Rejection> rejection) {
    }
}
