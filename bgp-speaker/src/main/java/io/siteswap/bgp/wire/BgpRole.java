package io.siteswap.bgp.wire;

import java.util.Optional;

/** What a speaker is to its neighbour (RFC 9234 section 4). */
public enum BgpRole {
    PROVIDER(0), ROUTE_SERVER(1), ROUTE_SERVER_CLIENT(2), CUSTOMER(3), PEER(4);

    private final int code;

    BgpRole(int code) {
        this.code = code;
    }

    /** Its value on the wire. */
    public int code() {
        return code;
    }

    public static Optional<BgpRole> of(int code) {
        for (BgpRole role : values()) {
            if (role.code == code) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** The only role the neighbour may have (RFC 9234 section 4.2). */
    public BgpRole counterpart() {
        return switch (this) {
            case PROVIDER -> CUSTOMER;
            case CUSTOMER -> PROVIDER;
            case ROUTE_SERVER -> ROUTE_SERVER_CLIENT;
            case ROUTE_SERVER_CLIENT -> ROUTE_SERVER;
            case PEER -> PEER;
        };
    }
}
