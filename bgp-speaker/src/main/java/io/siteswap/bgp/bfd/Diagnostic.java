package io.siteswap.bgp.bfd;

/** Why a session last went down (RFC 5880 section 4.1). */
public enum Diagnostic {
    NONE(0, "no diagnostic"), DETECTION_TIME_EXPIRED(1,
            "control detection time expired"), ECHO_FAILED(2,
                    "echo function failed"), NEIGHBOR_SIGNALED_DOWN(3,
                            "neighbour signalled session down"), FORWARDING_PLANE_RESET(4,
                                    "forwarding plane reset"), PATH_DOWN(5,
                                            "path down"), CONCATENATED_PATH_DOWN(6,
                                                    "concatenated path down"), ADMINISTRATIVELY_DOWN(
                                                            7,
                                                            "administratively down"), REVERSE_CONCATENATED_PATH_DOWN(
                                                                    8,
                                                                    "reverse concatenated path down"),
    /** Codes 9 to 31. */
    RESERVED(9, "a diagnostic of the future");

    private static final Diagnostic[] BY_CODE = values();

    private final int code;
    private final String words;

    Diagnostic(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /** @param code five bits */
    static Diagnostic of(int code) {
        return BY_CODE[Math.min(code, RESERVED.code)];
    }

    int code() {
        return code;
    }

    /** The RFC's words. */
    @Override
    public String toString() {
        return words;
    }
}
