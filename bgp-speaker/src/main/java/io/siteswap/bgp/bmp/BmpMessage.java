package io.siteswap.bgp.bmp;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Octets;
import java.time.Instant;
import java.util.List;

/** A message to a collector (RFC 7854 section 4); BGP messages are whole, with their header. */
public sealed interface BmpMessage {

    /** Section 4.3. */
    record Initiation(String name, String description) implements BmpMessage {
    }

    /** Section 4.5. */
    record Termination(String text, TerminationReason reason) implements BmpMessage {
    }

    /** Why we hang up. */
    enum TerminationReason {
        ADMINISTRATIVELY_CLOSED(0), UNSPECIFIED(1), OUT_OF_RESOURCES(2), REDUNDANT(
                3), PERMANENTLY_CLOSED(4);

        private final int code;

        TerminationReason(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** Section 4.10. */
    record PeerUp(BmpPeer peer, Instant at, Address local, int localPort, int remotePort,
            Octets sentOpen, Octets receivedOpen) implements BmpMessage {
    }

    /** Section 4.9. */
    record PeerDown(BmpPeer peer, Instant at, DownReason reason) implements BmpMessage {
    }

    /** Section 4.9. */
    sealed interface DownReason {

        /** We ended it with this NOTIFICATION. */
        record LocalNotification(Octets message) implements DownReason {
        }

        /**
         * We ended it without one.
         *
         * @param event of RFC 4271 section 8.1; 0: none applies
         */
        record LocalSilent(int event) implements DownReason {
        }

        /** The neighbour ended it with this NOTIFICATION. */
        record RemoteNotification(Octets message) implements DownReason {
        }

        record RemoteSilent() implements DownReason {
        }

        /** It is no longer to be reported. */
        record Deconfigured() implements DownReason {
        }
    }

    /** Section 4.6. */
    record RouteMonitoring(BmpPeer peer, Instant at, View view,
            Octets update) implements BmpMessage {
    }

    /** Section 4.8. */
    record Stats(BmpPeer peer, Instant at, List<Stat> stats) implements BmpMessage {

        public Stats {
            stats = List.copyOf(stats);
        }
    }

    /** @param type of section 4.8; counters have 4 octets there, gauges 8 */
    record Stat(int type, long value) {

        public static final int REJECTED_PREFIXES = 0;
        public static final int DUPLICATE_PREFIXES = 1;
        public static final int LOOPS = 4;
        public static final int ADJ_RIB_IN_ROUTES = 7;
        public static final int LOC_RIB_ROUTES = 8;
        public static final int TREATED_AS_WITHDRAWN = 11;
        /** RFC 8671 section 6.2. */
        public static final int ADJ_RIB_OUT_PRE_ROUTES = 14;
        public static final int ADJ_RIB_OUT_POST_ROUTES = 15;

        boolean gauge() {
            return type == ADJ_RIB_IN_ROUTES || type == LOC_RIB_ROUTES
                    || type == ADJ_RIB_OUT_PRE_ROUTES
                    || type == ADJ_RIB_OUT_POST_ROUTES;
        }
    }
}
