package io.siteswap.bgp.bfd.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * A socket on one of BFD's ports that tells the TTL and the time of receipt of every datagram. It
 * holds the last datagram; receiving allocates nothing.
 */
final class Receiver {

    /** Longer than any BFD packet; what is beyond counts as missing. */
    private static final int PAYLOAD = 256;

    private static final int DGRAM_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final int IPPROTO_IP = 0;
    private static final int IP_TTL = 2;
    private static final int IP_RECVTTL = 12;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_RECVHOPLIMIT = 51;
    private static final int IPV6_HOPLIMIT = 52;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_TIMESTAMPNS = 35;
    /** A pause of seconds with hundreds of neighbours must fit. */
    private static final int RECEIVE_BUFFER = 4 << 20;

    private static final int CONTROL = 256;
    private static final int HEADER = 56;
    private static final int NAME_LENGTH = 8;
    private static final int CONTROL_LENGTH = 40;
    private static final int CMSG_DATA = 16;

    private final int fd;
    private final boolean multihop;
    private final MemorySegment payload;
    private final MemorySegment name;
    private final MemorySegment control;
    private final MemorySegment header;
    private final ByteBuffer bytes;
    private int ttl;
    private long stamp;

    private Receiver(int fd, boolean multihop, Arena arena) {
        this.fd = fd;
        this.multihop = multihop;
        payload = arena.allocate(PAYLOAD, 8);
        name = arena.allocate(SocketAddresses.V6_LENGTH, 8);
        control = arena.allocate(CONTROL, 8);
        header = arena.allocate(HEADER, 8);
        bytes = payload.asByteBuffer();
        MemorySegment vector = arena.allocate(16, 8);
        vector.set(ADDRESS, 0, payload);
        vector.set(JAVA_LONG, 8, PAYLOAD);
        header.set(ADDRESS, 0, name);
        header.set(ADDRESS, 16, vector);
        header.set(JAVA_LONG, 24, 1);
        header.set(ADDRESS, 32, control);
    }

    static Receiver open(InetAddress address, int port, boolean multihop, Arena arena)
            throws Libc.Refused {
        int family = SocketAddresses.family(address);
        int fd = Libc.socket(family, DGRAM_NONBLOCK_CLOEXEC);
        try {
            Libc.option(fd, SOL_SOCKET, SO_TIMESTAMPNS, 1);
            Libc.option(fd, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER);
            if (family == SocketAddresses.INET6) {
                Libc.option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
                Libc.option(fd, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
            } else {
                Libc.option(fd, IPPROTO_IP, IP_RECVTTL, 1);
            }
            int _ = Libc.bind(fd, SocketAddresses.write(arena, address, port),
                    "UDP port " + port + " of " + address.getHostAddress());
            return new Receiver(fd, multihop, arena);
        } catch (Libc.Refused e) {
            Libc.close(fd);
            throw e;
        }
    }

    /** The next datagram that waits; false: none. */
    boolean receive() {
        header.set(JAVA_INT, NAME_LENGTH, (int) name.byteSize());
        header.set(JAVA_LONG, CONTROL_LENGTH, CONTROL);
        int length = Libc.receive(fd, header);
        if (length < 0) {
            return false;
        }
        bytes.clear().limit(length);
        ttl = 0;
        stamp = 0;
        readControl(Math.min(header.get(JAVA_LONG, CONTROL_LENGTH), CONTROL));
        return true;
    }

    private void readControl(long length) {
        long at = 0;
        while (at + CMSG_DATA <= length) {
            long size = control.get(JAVA_LONG, at);
            if (size < CMSG_DATA || at + size > length) {
                return;
            }
            int level = control.get(JAVA_INT, at + 8);
            int type = control.get(JAVA_INT, at + 12);
            if ((level == IPPROTO_IP && type == IP_TTL)
                    || (level == IPPROTO_IPV6 && type == IPV6_HOPLIMIT)) {
                ttl = control.get(JAVA_INT, at + CMSG_DATA);
            } else if (level == SOL_SOCKET && type == SO_TIMESTAMPNS) {
                stamp = control.get(JAVA_LONG, at + CMSG_DATA) * 1_000_000_000L
                        + control.get(JAVA_LONG, at + CMSG_DATA + 8);
            }
            at += (size + 7) & ~7;
        }
    }

    /** The datagram from 0 to its limit. */
    ByteBuffer bytes() {
        return bytes;
    }

    int ttl() {
        return ttl;
    }

    /** Nanoseconds since the epoch when the kernel received it; 0: it did not say. */
    long stamp() {
        return stamp;
    }

    Endpoint source() {
        return SocketAddresses.read(name, multihop);
    }

    boolean multihop() {
        return multihop;
    }

    int fd() {
        return fd;
    }

    void close() {
        Libc.close(fd);
    }
}
