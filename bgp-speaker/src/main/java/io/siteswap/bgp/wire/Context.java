package io.siteswap.bgp.wire;

/**
 * What two neighbours agreed on, as far as it changes the bytes.
 *
 * @param fourOctetAs AS numbers in AS_PATH and AGGREGATOR take 4 octets (RFC 6793)
 * @param external the neighbour is in another AS
 */
public record Context(boolean fourOctetAs, boolean external) {

    /** Before the OPENs are exchanged. */
    public static final Context INITIAL = new Context(false, true);
}
