package io.siteswap.bgp.rtr;

import io.siteswap.bgp.wire.Prefix;

/**
 * A Validated ROA Payload (RFC 6811 section 2).
 *
 * @param maxLength the longest prefix within it that may be announced
 * @param as who may announce; 0: nobody
 */
public record Vrp(Prefix prefix, int maxLength, long as) {

    @Override
    public String toString() {
        return prefix + " max " + maxLength + " AS" + as;
    }
}
