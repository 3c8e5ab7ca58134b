package io.siteswap.bgp.wire;

import java.util.Optional;

/**
 * ROUTE-REFRESH (RFC 2918, RFC 7313).
 *
 * @param subtype a {@link #REQUEST}, the {@link #BEGIN} or the {@link #END} of an answer; any other
 * is to be ignored (RFC 7313 section 5)
 */
public record RouteRefresh(int afi, int subtype, int safi) implements Message {

    public static final int TYPE = 5;

    /** Send me your routes again. */
    public static final int REQUEST = 0;
    /** BoRR: all my routes follow. */
    public static final int BEGIN = 1;
    /** EoRR: what you have of me from before the beginning is gone. */
    public static final int END = 2;

    public static RouteRefresh request(Family family) {
        return new RouteRefresh(family.afi(), REQUEST, family.safi());
    }

    public static RouteRefresh begin(Family family) {
        return new RouteRefresh(family.afi(), BEGIN, family.safi());
    }

    public static RouteRefresh end(Family family) {
        return new RouteRefresh(family.afi(), END, family.safi());
    }

    /** Empty for a family we do not speak. */
    public Optional<Family> family() {
        return Family.of(afi, safi);
    }

    @Override
    public int type() {
        return TYPE;
    }
}
