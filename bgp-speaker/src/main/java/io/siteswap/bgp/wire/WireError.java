package io.siteswap.bgp.wire;

/**
 * A fault in received bytes.
 *
 * @param code NOTIFICATION code and subcode that name it (RFC 4271 section 4.5)
 * @param data for the NOTIFICATION
 * @param reason a sentence for the log
 */
public record WireError(Consequence consequence, int code, int subcode, Octets data,
        String reason) {

    public static WireError reset(int code, int subcode, String reason) {
        return new WireError(Consequence.SESSION_RESET, code, subcode, Octets.NONE, reason);
    }

    public static WireError reset(int code, int subcode, Octets data, String reason) {
        return new WireError(Consequence.SESSION_RESET, code, subcode, data, reason);
    }

    /** Where the consequence is written, e.g. {@code RFC 7606 section 7.1}. */
    public String clause() {
        return Clause.of(this);
    }

    public Notification toNotification() {
        return new Notification(code, subcode, data);
    }
}
