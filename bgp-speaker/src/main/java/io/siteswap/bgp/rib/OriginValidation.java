package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Prefix;

/** Whether an AS may originate a prefix (RFC 6811 section 2); a pure function. */
@FunctionalInterface
public interface OriginValidation {

    /** State of a route. */
    enum Validity {
        VALID, INVALID, NOT_FOUND
    }

    /** @param originAs 0: the path is empty or ends with a set */
    Validity of(Prefix prefix, long originAs);
}
