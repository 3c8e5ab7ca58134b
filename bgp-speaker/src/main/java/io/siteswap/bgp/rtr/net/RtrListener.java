package io.siteswap.bgp.rtr.net;

import io.siteswap.bgp.rtr.OwnRoute;
import io.siteswap.bgp.rtr.Validity;
import io.siteswap.bgp.rtr.VrpTable;

/** Hears of the RPKI, on the client's thread. */
public interface RtrListener {

    /**
     * A watched route has another validity than before; also once after the first data.
     *
     * @param sentence for the operator
     */
    void validity(OwnRoute route, Validity validity, String sentence);

    /** There is new data, or none any more. */
    void table(VrpTable table);

    /** For the log: connected, lost, in error. */
    void said(String sentence);
}
