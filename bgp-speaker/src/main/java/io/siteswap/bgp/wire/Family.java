package io.siteswap.bgp.wire;

import java.util.Optional;

/** An address family we exchange routes for (RFC 4760). */
public enum Family {
    IPV4_UNICAST(1, 1, 32), IPV6_UNICAST(2, 1, 128);

    private final int afi;
    private final int safi;
    private final int bits;

    Family(int afi, int safi, int bits) {
        this.afi = afi;
        this.safi = safi;
        this.bits = bits;
    }

    public int afi() {
        return afi;
    }

    public int safi() {
        return safi;
    }

    /** Length of an address. */
    public int bits() {
        return bits;
    }

    /** Empty for a family we do not speak. */
    public static Optional<Family> of(int afi, int safi) {
        for (Family family : values()) {
            if (family.afi == afi && family.safi == safi) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }
}
