package io.siteswap.bgp.wire;

/**
 * ROUTE-REFRESH (RFC 2918).
 *
 * @param subtype 0: send me your routes again; others belong to RFC 7313
 */
public record RouteRefresh(int afi, int subtype, int safi) implements Message {

    public static final int TYPE = 5;

    @Override
    public int type() {
        return TYPE;
    }
}
