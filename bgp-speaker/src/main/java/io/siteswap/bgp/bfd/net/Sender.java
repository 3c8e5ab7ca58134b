package io.siteswap.bgp.bfd.net;

import io.siteswap.bgp.bfd.BfdOptions;
import io.siteswap.bgp.bfd.ControlPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * The sending half of one session: a source port of its own (RFC 5881 section 4), TTL 255 and
 * the class of network control traffic. Sending allocates nothing.
 */
final class Sender {

    private static final int FIRST_PORT = 49152;
    private static final int LAST_PORT = 65535;
    /** Enough draws to find a free port on any sane machine. */
    private static final int DRAWS = 200;

    private static final int DGRAM_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final int IPPROTO_IP = 0;
    private static final int IP_TOS = 1;
    private static final int IP_TTL = 2;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_TCLASS = 67;
    /** Class selector 6 (RFC 4594 section 3.1). */
    private static final int NETWORK_CONTROL = 0xC0;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment packet = arena.allocate(ControlPacket.LENGTH, 8);
    private final MemorySegment once = arena.allocate(ControlPacket.LENGTH, 8);
    private final ByteBuffer packetBytes = packet.asByteBuffer();
    private final ByteBuffer onceBytes = once.asByteBuffer();
    private final MemorySegment remote;
    private final int fd;

    /** @param local any address of the remote's family; 0.0.0.0 or :: leave it to the kernel */
    Sender(InetAddress local, InetAddress remote, int port, RandomGenerator random)
            throws Libc.Refused {
        this.remote = SocketAddresses.write(arena, remote, port);
        int family = SocketAddresses.family(remote);
        fd = Libc.socket(family, DGRAM_NONBLOCK_CLOEXEC);
        try {
            if (family == SocketAddresses.INET6) {
                Libc.option(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, BfdOptions.DIRECT_TTL);
                Libc.option(fd, IPPROTO_IPV6, IPV6_TCLASS, NETWORK_CONTROL);
            } else {
                Libc.option(fd, IPPROTO_IP, IP_TTL, BfdOptions.DIRECT_TTL);
                Libc.option(fd, IPPROTO_IP, IP_TOS, NETWORK_CONTROL);
            }
            bind(local, random);
        } catch (Libc.Refused e) {
            close();
            throw e;
        }
    }

    private void bind(InetAddress local, RandomGenerator random) throws Libc.Refused {
        for (int i = 0;; i++) {
            int port = random.nextInt(FIRST_PORT, LAST_PORT + 1);
            try {
                int _ = Libc.bind(fd, SocketAddresses.write(arena, local, port),
                        "source port " + port + " of " + local.getHostAddress());
                return;
            } catch (Libc.Refused e) {
                if (e.errno() != Libc.EADDRINUSE || i == DRAWS) {
                    throw e;
                }
            }
        }
    }

    /** What {@link #sendPeriodic} sends from here on. */
    void prepare(ControlPacket next) {
        next.encode(packetBytes.clear());
    }

    boolean sendPeriodic() {
        return Libc.send(fd, packet, remote);
    }

    boolean send(ControlPacket now) {
        now.encode(onceBytes.clear());
        return Libc.send(fd, once, remote);
    }

    void close() {
        Libc.close(fd);
        arena.close();
    }
}
