package io.siteswap.bgp.wire;

import java.util.List;

/** Names of the codes and subcodes of a NOTIFICATION, as in IANA's registry. */
final class ErrorNames {

    private static final List<String> HEADER = List.of("Connection Not Synchronized",
            "Bad Message Length", "Bad Message Type");
    private static final List<String> OPEN = List.of("Unsupported Version Number", "Bad Peer AS",
            "Bad BGP Identifier", "Unsupported Optional Parameter", "Authentication Failure",
            "Unacceptable Hold Time", "Unsupported Capability", "8", "9", "10",
            "Role Mismatch");
    private static final List<String> UPDATE = List.of("Malformed Attribute List",
            "Unrecognized Well-known Attribute", "Missing Well-known Attribute",
            "Attribute Flags Error", "Attribute Length Error", "Invalid ORIGIN Attribute",
            "AS Routing Loop", "Invalid NEXT_HOP Attribute", "Optional Attribute Error",
            "Invalid Network Field", "Malformed AS_PATH");
    /** RFC 6608. */
    private static final List<String> FSM = List.of("in OpenSent", "in OpenConfirm",
            "in Established");
    /** RFC 4486, RFC 8538, RFC 9384. */
    private static final List<String> CEASE = List.of("Maximum Number of Prefixes Reached",
            "Administrative Shutdown", "Peer De-configured", "Administrative Reset",
            "Connection Rejected", "Other Configuration Change",
            "Connection Collision Resolution", "Out of Resources", "Hard Reset", "BFD Down");

    private ErrorNames() {
    }

    /** Numbers where there is no name. */
    static String of(int code, int subcode) {
        return switch (code) {
            case Notification.HEADER -> name("Message Header Error", HEADER, subcode);
            case Notification.OPEN -> name("OPEN Message Error", OPEN, subcode);
            case Notification.UPDATE -> name("UPDATE Message Error", UPDATE, subcode);
            case Notification.HOLD_TIMER -> name("Hold Timer Expired", List.of(), subcode);
            case Notification.FSM -> name("Finite State Machine Error", FSM, subcode);
            case Notification.CEASE -> name("Cease", CEASE, subcode);
            case Notification.REFRESH -> name("ROUTE-REFRESH Message Error",
                    List.of("Invalid Message Length"), subcode);
            case Notification.SEND_HOLD_TIMER -> name("Send Hold Timer Expired", List.of(),
                    subcode);
            default -> code + "/" + subcode;
        };
    }

    private static String name(String code, List<String> subcodes, int subcode) {
        if (subcode == 0) {
            return code;
        }
        return code + "/"
                + (subcode <= subcodes.size() ? subcodes.get(subcode - 1) : subcode);
    }
}
