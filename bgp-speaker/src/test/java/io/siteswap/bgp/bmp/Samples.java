package io.siteswap.bgp.bmp;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Octets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message of every kind. */
public final class Samples {

    public static final BmpPeer PEER = new BmpPeer(Address.parse("198.18.9.9"), 64510,
            Address.parse("198.18.9.1"), true);
    public static final Octets OPEN = Octets
            .hex("ffffffffffffffffffffffffffffffff001d0104fbfe0009c612090100");
    public static final Octets UPDATE = Octets.hex("ffffffffffffffffffffffffffffffff002f02"
            + "0000001440010100400206020100 00fbfe400304c6120909".replace(" ", "")
            + "18cb0071");

    private static final Instant AT = Instant.parse("2026-11-21T12:00:00.000042Z");
    private static final BmpPeer V6 = new BmpPeer(Address.parse("2001:db8::9"), 4_200_000_000L,
            Address.parse("198.18.9.1"), false);
    private static final Octets NOTIFICATION = Octets
            .hex("ffffffffffffffffffffffffffffffff0015030602");

    private Samples() {
    }

    static Map<String, BmpMessage> all() {
        Map<String, BmpMessage> all = new LinkedHashMap<>();
        all.put("Initiation", new BmpMessage.Initiation("edge1", "Siteswap"));
        all.put("Peer Up", up());
        all.put("Route Monitoring, Adj-RIB-In before policy", route(PEER, View.ADJ_IN_PRE));
        all.put("Route Monitoring, Adj-RIB-In after policy", route(PEER, View.ADJ_IN_POST));
        all.put("Route Monitoring, Adj-RIB-Out before policy", route(PEER, View.ADJ_OUT_PRE));
        all.put("Route Monitoring, Adj-RIB-Out after policy", route(PEER, View.ADJ_OUT_POST));
        all.put("Route Monitoring of an IPv6 peer, 2-octet AS", route(V6, View.ADJ_IN_PRE));
        all.put("Stats", new BmpMessage.Stats(PEER, AT,
                List.of(new BmpMessage.Stat(BmpMessage.Stat.REJECTED_PREFIXES, 3),
                        new BmpMessage.Stat(BmpMessage.Stat.LOOPS, 2),
                        new BmpMessage.Stat(BmpMessage.Stat.ADJ_RIB_IN_ROUTES, 1_000_000),
                        new BmpMessage.Stat(BmpMessage.Stat.LOC_RIB_ROUTES, 1_000_001),
                        new BmpMessage.Stat(BmpMessage.Stat.ADJ_RIB_OUT_POST_ROUTES, 7))));
        all.put("Peer Down, our NOTIFICATION",
                down(new BmpMessage.DownReason.LocalNotification(NOTIFICATION)));
        all.put("Peer Down, ours without one", down(new BmpMessage.DownReason.LocalSilent(18)));
        all.put("Peer Down, their NOTIFICATION",
                down(new BmpMessage.DownReason.RemoteNotification(NOTIFICATION)));
        all.put("Peer Down, theirs without one", down(new BmpMessage.DownReason.RemoteSilent()));
        all.put("Peer Down, no longer reported", down(new BmpMessage.DownReason.Deconfigured()));
        all.put("Termination", new BmpMessage.Termination("The speaker stops.",
                BmpMessage.TerminationReason.ADMINISTRATIVELY_CLOSED));
        return all;
    }

    public static BmpMessage.PeerUp up() {
        return new BmpMessage.PeerUp(PEER, AT, Address.parse("198.18.9.2"), 179, 40000, OPEN,
                OPEN);
    }

    private static BmpMessage route(BmpPeer peer, View view) {
        return new BmpMessage.RouteMonitoring(peer, AT, view, UPDATE);
    }

    public static BmpMessage.PeerDown down(BmpMessage.DownReason reason) {
        return new BmpMessage.PeerDown(PEER, AT, reason);
    }
}
