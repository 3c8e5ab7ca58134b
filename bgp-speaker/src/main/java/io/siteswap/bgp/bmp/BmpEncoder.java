package io.siteswap.bgp.bmp;

import io.siteswap.bgp.bmp.BmpMessage.DownReason;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Turns messages into bytes (RFC 7854 section 4). */
public final class BmpEncoder {

    private static final int VERSION = 3;
    private static final int HEADER = 6;
    private static final int PEER_HEADER = 42;

    private static final int ROUTE_MONITORING = 0;
    private static final int STATS = 1;
    private static final int PEER_DOWN = 2;
    private static final int PEER_UP = 3;
    private static final int INITIATION = 4;
    private static final int TERMINATION = 5;

    private static final int FLAG_V6 = 0x80;
    private static final int FLAG_2_OCTET_AS = 0x20;

    private BmpEncoder() {
    }

    /** The whole message. */
    public static byte[] encode(BmpMessage message) {
        byte[] bytes = new byte[size(message)];
        ByteBuffer out = ByteBuffer.wrap(bytes).put((byte) VERSION).putInt(bytes.length);
        switch (message) {
            case BmpMessage.Initiation(String name, String description) -> {
                out.put((byte) INITIATION);
                tlv(out, 1, utf8(description));
                tlv(out, 2, utf8(name));
            }
            case BmpMessage.Termination end -> {
                out.put((byte) TERMINATION);
                tlv(out, 0, utf8(end.text()));
                out.putShort((short) 1).putShort((short) 2)
                        .putShort((short) end.reason().code());
            }
            case BmpMessage.PeerUp up -> {
                peer(out, PEER_UP, up.peer(), up.at(), 0);
                address(out, up.local());
                out.putShort((short) up.localPort()).putShort((short) up.remotePort());
                up.sentOpen().write(out);
                up.receivedOpen().write(out);
            }
            case BmpMessage.PeerDown(BmpPeer peer, Instant at, DownReason reason) -> {
                peer(out, PEER_DOWN, peer, at, 0);
                reason(out, reason);
            }
            case BmpMessage.RouteMonitoring route -> {
                peer(out, ROUTE_MONITORING, route.peer(), route.at(), route.view().flags());
                route.update().write(out);
            }
            case BmpMessage.Stats stats -> {
                peer(out, STATS, stats.peer(), stats.at(), 0);
                out.putInt(stats.stats().size());
                stats.stats().forEach(stat -> stat(out, stat));
            }
        }
        return bytes;
    }

    private static int size(BmpMessage message) {
        return HEADER + switch (message) {
            case BmpMessage.Initiation(String name, String description) -> 8 + utf8(name).length
                    + utf8(description).length;
            case BmpMessage.Termination end -> 10 + utf8(end.text()).length;
            case BmpMessage.PeerUp up -> PEER_HEADER + 20 + up.sentOpen().length()
                    + up.receivedOpen().length();
            case BmpMessage.PeerDown down -> PEER_HEADER + 1 + switch (down.reason()) {
                case DownReason.LocalNotification(Octets bytes) -> bytes.length();
                case DownReason.RemoteNotification(Octets bytes) -> bytes.length();
                case DownReason.LocalSilent _ -> 2;
                case DownReason.RemoteSilent _,DownReason.Deconfigured _ -> 0;
            };
            case BmpMessage.RouteMonitoring route -> PEER_HEADER + route.update().length();
            case BmpMessage.Stats stats -> PEER_HEADER + 4
                    + stats.stats().stream().mapToInt(s -> s.gauge() ? 12 : 8).sum();
        };
    }

    private static void peer(ByteBuffer out, int type, BmpPeer peer, Instant at, int view) {
        int flags = view | (peer.fourOctetAs() ? 0 : FLAG_2_OCTET_AS)
                | (peer.address().family() == Family.IPV6_UNICAST ? FLAG_V6 : 0);
        // A global instance peer: neither its type nor its distinguisher says more.
        out.put((byte) type).put((byte) 0).put((byte) flags).putLong(0);
        address(out, peer.address());
        out.putInt((int) peer.as());
        peer.routerId().write(out);
        out.putInt((int) at.getEpochSecond()).putInt(at.getNano() / 1000);
    }

    /** IPv4 stands in the last 4 of the 16 octets. */
    private static void address(ByteBuffer out, Address address) {
        if (address.family() == Family.IPV4_UNICAST) {
            out.putLong(0).putInt(0);
        }
        address.write(out);
    }

    private static void reason(ByteBuffer out, DownReason reason) {
        switch (reason) {
            case DownReason.LocalNotification(Octets message) -> message.write(out.put((byte) 1));
            case DownReason.LocalSilent(int event) -> out.put((byte) 2).putShort((short) event);
            case DownReason.RemoteNotification(Octets message) -> message
                    .write(out.put((byte) 3));
            case DownReason.RemoteSilent _ -> out.put((byte) 4);
            case DownReason.Deconfigured _ -> out.put((byte) 5);
        }
    }

    private static void stat(ByteBuffer out, BmpMessage.Stat stat) {
        out.putShort((short) stat.type()).putShort((short) (stat.gauge() ? 8 : 4));
        if (stat.gauge()) {
            out.putLong(stat.value());
        } else {
            out.putInt((int) stat.value());
        }
    }

    private static void tlv(ByteBuffer out, int type, byte[] value) {
        out.putShort((short) type).putShort((short) value.length).put(value);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
