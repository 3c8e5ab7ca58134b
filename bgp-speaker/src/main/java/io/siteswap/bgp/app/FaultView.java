package io.siteswap.bgp.app;

import io.siteswap.bgp.net.FaultLog;

/**
 * A faulty message of a neighbour.
 *
 * @param at milliseconds since 1970, of the last of {@code count} equal ones
 * @param consequence what followed, in the words of RFC 7606
 * @param clause section of the RFC that says so
 * @param hex octets at fault
 */
public record FaultView(String neighbor, long at, long count, String consequence, String clause,
        String reason, String hex) {

    static FaultView of(String neighbor, FaultLog.Entry entry) {
        return new FaultView(neighbor, entry.last().toEpochMilli(), entry.count(),
                entry.consequence().toString(), entry.clause(), entry.reason(), entry.hex());
    }
}
