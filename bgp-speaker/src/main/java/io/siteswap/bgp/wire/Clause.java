package io.siteswap.bgp.wire;

/** Where it is written what a fault leads to. */
final class Clause {

    private static final int SUBCODE_FLAGS = 4;
    private static final int SUBCODE_NETWORK = 10;

    private Clause() {
    }

    static String of(WireError error) {
        return switch (error.code()) {
            case Notification.HEADER -> "RFC 4271 section 6.1";
            case Notification.OPEN -> error.subcode() == Notification.OPEN_ROLE_MISMATCH
                    ? "RFC 9234 section 4.2"
                    : "RFC 4271 section 6.2";
            case Notification.UPDATE -> update(error);
            case Notification.HOLD_TIMER -> "RFC 4271 section 6.5";
            case Notification.FSM -> "RFC 6608 section 4";
            case Notification.CEASE -> "RFC 4271 section 6.7";
            case Notification.REFRESH -> "RFC 7313 section 5";
            case Notification.SEND_HOLD_TIMER -> "RFC 9687 section 3";
            default -> "RFC 4271 section 4.5";
        };
    }

    /** A fault inside an attribute carries the attribute: flags, type, length, value. */
    private static String update(WireError error) {
        return switch (error.subcode()) {
            case 1 -> switch (error.consequence()) {
                case ATTRIBUTE_DISCARD -> "RFC 7606 section 3 (g)";
                case TREAT_AS_WITHDRAW -> "RFC 7606 section 4";
                case SESSION_RESET -> "RFC 7606 section 3 (b, g)";
            };
            case 2 -> "RFC 4271 section 6.3";
            case 3 -> "RFC 7606 section 3 (d)";
            case SUBCODE_FLAGS -> "RFC 7606 section 3 (c)";
            case SUBCODE_NETWORK -> "RFC 7606 section 5.3";
            default -> error.data().length() < 2
                    ? "RFC 4271 section 6.3"
                    : attribute(error.data().unsigned(1));
        };
    }

    private static String attribute(int type) {
        return switch (type) {
            case Origin.TYPE -> "RFC 7606 section 7.1";
            case AsPath.TYPE -> "RFC 7606 section 7.2";
            case NextHop.TYPE -> "RFC 7606 section 7.3";
            case MultiExitDisc.TYPE -> "RFC 7606 section 7.4";
            case LocalPref.TYPE -> "RFC 7606 section 7.5";
            case AtomicAggregate.TYPE -> "RFC 7606 section 7.6";
            case Aggregator.TYPE -> "RFC 7606 section 7.7";
            case Communities.TYPE -> "RFC 7606 section 7.8";
            case OriginatorId.TYPE -> "RFC 7606 section 7.9";
            case ClusterList.TYPE -> "RFC 7606 section 7.10";
            case MpReach.TYPE -> "RFC 7606 section 7.11";
            case MpUnreach.TYPE -> "RFC 7606 section 7.12";
            case ExtendedCommunities.TYPE -> "RFC 7606 section 7.14";
            case As4Path.TYPE, As4Aggregator.TYPE -> "RFC 6793 section 6";
            case LargeCommunities.TYPE -> "RFC 8092 section 6";
            case OnlyToCustomer.TYPE -> "RFC 9234 section 5";
            default -> "RFC 7606 section 3";
        };
    }
}
