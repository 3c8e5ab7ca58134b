package io.siteswap.bgp.wire;

/** NOTIFICATION (RFC 4271 section 4.5): why the session ends. */
public record Notification(int code, int subcode, Octets data) implements Message {

    public static final int TYPE = 3;

    public static final int HEADER = 1;
    public static final int OPEN = 2;
    public static final int UPDATE = 3;
    public static final int HOLD_TIMER = 4;
    public static final int FSM = 5;
    public static final int CEASE = 6;
    public static final int REFRESH = 7;

    public static final int CEASE_SHUTDOWN = 2;
    public static final int CEASE_REJECTED = 5;
    public static final int CEASE_COLLISION = 7;

    public static Notification of(int code, int subcode) {
        return new Notification(code, subcode, Octets.NONE);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** For people, e.g. {@code Cease/Administrative Shutdown}. */
    public String describe() {
        return switch (code) {
            case HEADER -> name("Message Header Error", "Connection Not Synchronized",
                    "Bad Message Length", "Bad Message Type");
            case OPEN -> name("OPEN Message Error", "Unsupported Version Number", "Bad Peer AS",
                    "Bad BGP Identifier", "Unsupported Optional Parameter", "5",
                    "Unacceptable Hold Time", "Unsupported Capability");
            case UPDATE -> name("UPDATE Message Error", "Malformed Attribute List",
                    "Unrecognized Well-known Attribute", "Missing Well-known Attribute",
                    "Attribute Flags Error", "Attribute Length Error",
                    "Invalid ORIGIN Attribute", "7", "Invalid NEXT_HOP Attribute",
                    "Optional Attribute Error", "Invalid Network Field", "Malformed AS_PATH");
            case HOLD_TIMER -> name("Hold Timer Expired");
            case FSM -> name("Finite State Machine Error", "in OpenSent", "in OpenConfirm",
                    "in Established");
            case CEASE -> name("Cease", "Maximum Number of Prefixes Reached",
                    "Administrative Shutdown", "Peer De-configured", "Administrative Reset",
                    "Connection Rejected", "Other Configuration Change",
                    "Connection Collision Resolution", "Out of Resources");
            case REFRESH -> name("ROUTE-REFRESH Message Error", "Invalid Message Length");
            default -> code + "/" + subcode;
        };
    }

    private String name(String codeName, String... subcodes) {
        if (subcode == 0) {
            return codeName;
        }
        return codeName + "/"
                + (subcode <= subcodes.length ? subcodes[subcode - 1] : String.valueOf(subcode));
    }
}
