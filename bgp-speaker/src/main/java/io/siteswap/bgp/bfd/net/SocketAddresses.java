package io.siteswap.bgp.bfd.net;

import io.siteswap.bgp.wire.Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The kernel's sockaddr_in (16 octets) and sockaddr_in6 (28 octets). */
final class SocketAddresses {

    static final int INET = 2;
    static final int INET6 = 10;
    static final int V6_LENGTH = 28;

    private static final int V4_LENGTH = 16;
    private static final int V6_ADDRESS = 8;
    private static final int V6_SCOPE = 24;

    private SocketAddresses() {
    }

    static int family(InetAddress address) {
        return address instanceof Inet6Address ? INET6 : INET;
    }

    static MemorySegment write(Arena arena, InetAddress address, int port) {
        boolean v6 = address instanceof Inet6Address;
        MemorySegment segment = arena.allocate(v6 ? V6_LENGTH : V4_LENGTH, 8);
        segment.set(ValueLayout.JAVA_SHORT, 0, (short) family(address));
        ByteBuffer buffer = segment.asByteBuffer();
        buffer.putShort(2, (short) port);
        buffer.put(v6 ? V6_ADDRESS : 4, address.getAddress());
        if (address instanceof Inet6Address scoped) {
            segment.set(ValueLayout.JAVA_INT, V6_SCOPE, scoped.getScopeId());
        }
        return segment;
    }

    /** @param segment as recvmsg filled it, in any of the two shapes */
    static Endpoint read(MemorySegment segment, boolean multihop) {
        ByteBuffer buffer = segment.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
        if (segment.get(ValueLayout.JAVA_SHORT, 0) == INET) {
            return Endpoint.of(Address.v4(buffer.getInt(4)), 0, multihop);
        }
        return Endpoint.of(
                Address.v6(buffer.getLong(V6_ADDRESS), buffer.getLong(V6_ADDRESS + 8)),
                segment.get(ValueLayout.JAVA_INT, V6_SCOPE), multihop);
    }
}
