package io.siteswap.bgp.rtr;

/** Error codes (RFC 8210 section 12). */
public enum RtrError {
    CORRUPT_DATA(0, "corrupt data"), INTERNAL_ERROR(1, "internal error"),
    /** The only one after which the cache is still of use, later. */
    NO_DATA_AVAILABLE(2, "no data available"), INVALID_REQUEST(3,
            "invalid request"), UNSUPPORTED_VERSION(4,
                    "unsupported protocol version"), UNSUPPORTED_TYPE(5,
                            "unsupported PDU type"), WITHDRAWAL_OF_UNKNOWN(6,
                                    "withdrawal of unknown record"), DUPLICATE_ANNOUNCEMENT(7,
                                            "duplicate announcement received"), UNEXPECTED_VERSION(
                                                    8, "unexpected protocol version"),
    /** Any other code. */
    RESERVED(0xFFFF, "an error of the future");

    private final int code;
    private final String words;

    RtrError(int code, String words) {
        this.code = code;
        this.words = words;
    }

    static RtrError of(int code) {
        for (RtrError error : values()) {
            if (error.code == code) {
                return error;
            }
        }
        return RESERVED;
    }

    int code() {
        return code;
    }

    @Override
    public String toString() {
        return words;
    }
}
