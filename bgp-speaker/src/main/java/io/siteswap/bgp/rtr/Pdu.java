package io.siteswap.bgp.rtr;

import io.siteswap.bgp.rtr.RtrOptions.Timing;
import io.siteswap.bgp.wire.Octets;
import java.util.Optional;

/** A protocol data unit (RFC 8210 section 5); serials are unsigned 32 bits. */
public sealed interface Pdu {

    /** The cache has news. */
    record SerialNotify(int session, int serial) implements Pdu {
    }

    /** We ask for what changed since. */
    record SerialQuery(int session, int serial) implements Pdu {
    }

    /** We ask for everything. */
    record ResetQuery() implements Pdu {
    }

    /** The answer to a query begins. */
    record CacheResponse(int session) implements Pdu {
    }

    /** Types 4 and 6. */
    record PrefixPdu(boolean announce, Vrp vrp) implements Pdu {
    }

    /** @param timing empty in version 0 */
    record EndOfData(int session, int serial, Optional<Timing> timing) implements Pdu {
    }

    /** The cache cannot tell what changed since. */
    record CacheReset() implements Pdu {
    }

    /** For BGPsec, which is not done here: read over. */
    record RouterKey(boolean announce, Octets content) implements Pdu {
    }

    /** @param erroneous the PDU that was wrong, as far as its sender cares to quote it */
    record ErrorReport(RtrError error, Octets erroneous, String text) implements Pdu {
    }
}
