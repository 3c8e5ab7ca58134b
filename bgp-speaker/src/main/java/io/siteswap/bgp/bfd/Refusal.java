package io.siteswap.bgp.bfd;

/** Why a received packet was discarded (RFC 5880 section 6.8.6, in the order of its rules). */
public enum Refusal {
    /** Not even the mandatory section. */
    TRUNCATED("shorter than 24 octets"), VERSION("not version 1"), LENGTH_TOO_SMALL(
            "length field below its minimum"), LENGTH_TOO_LARGE(
                    "length field beyond the datagram"), MULTIPLIER_ZERO(
                            "detection multiplier 0"), MULTIPOINT(
                                    "multipoint bit"), MY_DISCRIMINATOR_ZERO(
                                            "my discriminator 0"), UNKNOWN_DISCRIMINATOR(
                                                    "your discriminator is nobody's"), YOUR_DISCRIMINATOR_ZERO(
                                                            "your discriminator 0 in state Init or Up"), UNKNOWN_NEIGHBOR(
                                                                    "from an address that is not watched"), AUTHENTICATED(
                                                                            "authentication, which is not in use"),
    /** RFC 5881 section 5, RFC 5883 section 4 and RFC 5082. */
    TTL("TTL too small");

    private final String words;

    Refusal(String words) {
        this.words = words;
    }

    /** For the operator. */
    @Override
    public String toString() {
        return words;
    }
}
