package io.siteswap.bgp.rtr;

/** What the RPKI says of a route's origin (RFC 6811 section 2). */
public sealed interface Validity {

    /** @param by a payload that allows it */
    record Valid(Vrp by) implements Validity {
    }

    /** @param covering the payload that comes nearest to allowing it */
    record Invalid(Reason reason, Vrp covering) implements Validity {
    }

    /** No payload covers it. */
    record NotFound() implements Validity {
    }

    /** Why a covered route is not allowed. */
    enum Reason {
        /** Another origin, or none at all, may announce it. */
        ORIGIN,
        /** The origin is right, the prefix longer than it may be. */
        LENGTH
    }
}
