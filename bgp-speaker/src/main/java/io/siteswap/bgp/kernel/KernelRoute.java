package io.siteswap.bgp.kernel;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Prefix;

/**
 * A route as the kernel has it.
 *
 * @param gateway must be reachable over a connected network; of another family than the prefix
 * for IPv4 over IPv6 next hops (RFC 8950)
 */
public record KernelRoute(Prefix prefix, Address gateway) {
}
