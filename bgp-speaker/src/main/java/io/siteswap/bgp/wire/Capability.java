package io.siteswap.bgp.wire;

import java.util.List;
import java.util.Optional;

/** What a speaker says in its OPEN that it can do (RFC 5492); {@link CapabilityCodec} lists all. */
public sealed interface Capability {

    int code();

    /** RFC 4760: routes of this family may be exchanged. */
    record MultiProtocol(int afi, int safi) implements Capability {

        static final int CODE = 1;

        public static MultiProtocol of(Family family) {
            return new MultiProtocol(family.afi(), family.safi());
        }

        @Override
        public int code() {
            return CODE;
        }
    }

    /** RFC 2918: answers ROUTE-REFRESH. */
    record Refresh() implements Capability {

        static final int CODE = 2;

        @Override
        public int code() {
            return CODE;
        }
    }

    /** RFC 8950: families whose next hop may be of another protocol. */
    record ExtendedNextHop(List<Hop> hops) implements Capability {

        static final int CODE = 5;

        /** @param nextHopAfi protocol of the next hop: 2 for IPv6 */
        public record Hop(int afi, int safi, int nextHopAfi) {
        }

        public ExtendedNextHop {
            hops = List.copyOf(hops);
        }

        /** IPv4 routes with IPv6 next hops: the one use there is. */
        public static ExtendedNextHop ipv4OverIpv6() {
            return new ExtendedNextHop(List.of(new Hop(1, 1, 2)));
        }

        @Override
        public int code() {
            return CODE;
        }
    }

    /** RFC 8654: takes messages of up to 65535 octets. */
    record ExtendedMessage() implements Capability {

        static final int CODE = 6;

        @Override
        public int code() {
            return CODE;
        }
    }

    /**
     * RFC 9234: what the speaker is to its neighbour.
     *
     * @param value may be one that no {@link BgpRole} has: then no role of ours fits it
     */
    record Role(int value) implements Capability {

        static final int CODE = 9;

        public static Role of(BgpRole role) {
            return new Role(role.code());
        }

        public Optional<BgpRole> role() {
            return BgpRole.of(value);
        }

        @Override
        public int code() {
            return CODE;
        }
    }

    /**
     * RFC 4724 and RFC 8538.
     *
     * @param restarting R: comes back from a restart, do not wait for its End-of-RIB
     * @param notification N: also ends of session by NOTIFICATION are survived (RFC 8538)
     * @param restartSeconds 0 to 4095: how long its routes should be kept meanwhile
     */
    record GracefulRestart(boolean restarting, boolean notification, int restartSeconds,
            List<Kept> families) implements Capability {

        static final int CODE = 64;
        public static final int MAX_SECONDS = 0xFFF;

        /** @param forwarding F: its forwarding for this family went on during the restart */
        public record Kept(int afi, int safi, boolean forwarding) {
        }

        public GracefulRestart {
            families = List.copyOf(families);
        }

        @Override
        public int code() {
            return CODE;
        }
    }

    /**
     * RFC 6793.
     *
     * @param as the speaker's own AS number
     */
    record FourOctetAs(long as) implements Capability {

        static final int CODE = 65;

        @Override
        public int code() {
            return CODE;
        }
    }

    /** RFC 7911: more than one path to a prefix. */
    record AddPath(List<Paths> families) implements Capability {

        static final int CODE = 69;

        /**
         * At least one of the two: other values are left out when read.
         *
         * @param receive the speaker can take several paths
         * @param send the speaker would send several
         */
        public record Paths(int afi, int safi, boolean receive, boolean send) {
        }

        public AddPath {
            families = List.copyOf(families);
        }

        @Override
        public int code() {
            return CODE;
        }
    }

    /** RFC 7313: marks begin and end of a refresh. */
    record EnhancedRefresh() implements Capability {

        static final int CODE = 70;

        @Override
        public int code() {
            return CODE;
        }
    }

    /** RFC 9494: routes outlive even the restart time, as the last resort. */
    record LongLivedRestart(List<Stale> families) implements Capability {

        static final int CODE = 71;
        public static final int MAX_SECONDS = 0xFF_FFFF;

        /**
         * @param forwarding F: as in graceful restart
         * @param staleSeconds 0 to 16777215: how long after the restart time
         */
        public record Stale(int afi, int safi, boolean forwarding, int staleSeconds) {
        }

        public LongLivedRestart {
            families = List.copyOf(families);
        }

        @Override
        public int code() {
            return CODE;
        }
    }

    /** draft-ietf-idr-bgp-bfd-strict-mode: the session waits for BFD to be up. */
    record BfdStrict() implements Capability {

        static final int CODE = 74;

        @Override
        public int code() {
            return CODE;
        }
    }

    /** Stale so that it can be shown; never an error (RFC 5492 section 3). */
    record Unknown(int code, Octets value) implements Capability {
    }
}
