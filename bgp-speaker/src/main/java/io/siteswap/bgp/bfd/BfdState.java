package io.siteswap.bgp.bfd;

/**
 * Session state (RFC 5880 section 4.1).
 *
 * <pre>
 * Down -> Init (their Down) | Up (their Init) | AdminDown (disabled)
 * Init -> Up (their Init or Up) | Down (silence, their AdminDown) | AdminDown (disabled)
 * Up -> Down (silence, their Down or AdminDown) | AdminDown (disabled)
 * AdminDown -> Down (enabled)
 * </pre>
 */
public enum BfdState {
    ADMIN_DOWN(0, "AdminDown"), DOWN(1, "Down"), INIT(2, "Init"), UP(3, "Up");

    private static final BfdState[] BY_CODE = values();

    private final int code;
    private final String word;

    BfdState(int code, String word) {
        this.code = code;
        this.word = word;
    }

    /** @param code two bits */
    static BfdState of(int code) {
        return BY_CODE[code];
    }

    int code() {
        return code;
    }

    /** The RFC's name. */
    @Override
    public String toString() {
        return word;
    }
}
