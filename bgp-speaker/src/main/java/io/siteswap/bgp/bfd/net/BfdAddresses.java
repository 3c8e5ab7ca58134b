package io.siteswap.bgp.bfd.net;

import java.net.InetAddress;
import java.util.List;

/**
 * Where packets are received.
 *
 * @param addresses wildcards or addresses of this machine
 * @param singleHop port, also of the neighbours
 * @param multihop port, also of the neighbours
 */
public record BfdAddresses(List<InetAddress> addresses, int singleHop, int multihop) {

    /** RFC 5881 section 4. */
    public static final int SINGLE_HOP = 3784;

    /** RFC 5883 section 5. */
    public static final int MULTIHOP = 4784;

    /** Every address of this machine. */
    public static final BfdAddresses ALL = on(InetAddress.ofLiteral("0.0.0.0"),
            InetAddress.ofLiteral("::"));

    public BfdAddresses {
        addresses = List.copyOf(addresses);
    }

    public static BfdAddresses on(InetAddress... addresses) {
        return new BfdAddresses(List.of(addresses), SINGLE_HOP, MULTIHOP);
    }

    int port(boolean isMultihop) {
        return isMultihop ? multihop : singleHop;
    }
}
