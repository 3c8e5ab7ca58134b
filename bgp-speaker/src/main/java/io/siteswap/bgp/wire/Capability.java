package io.siteswap.bgp.wire;

/** What a speaker says in its OPEN that it can do (RFC 5492). */
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

    /** RFC 2918. */
    record Refresh() implements Capability {

        static final int CODE = 2;

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

    /** Kept so that it can be shown; never an error (RFC 5492 section 3). */
    record Unknown(int code, Octets value) implements Capability {
    }
}
