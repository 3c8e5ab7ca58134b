package io.siteswap.bgp.net;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How the TCP connections of one neighbour are protected and where they leave this machine.
 *
 * @param password for TCP MD5 signatures (RFC 2385), 1 to 80 octets
 * @param ao for TCP-AO (RFC 5925), which Linux has since 6.7 unless it is built without; not
 * together with {@code password}
 * @param ttlSecurity the neighbour is at most this many hops away, 1 to 254: packets that came
 * further are dropped by the kernel (GTSM, RFC 5082), ours leave with TTL 255
 * @param multihop TTL of our packets, 1 to 255; absent: 1 for a neighbour in another AS without
 * {@code ttlSecurity}, else the kernel's; on a loopback address always the kernel's
 * @param sourcePort of our connections; absent: the kernel's choice
 * @param device network interface that carries the session; absent: what the route says
 */
public record TcpOptions(Optional<String> password, Optional<AoKey> ao,
        Optional<Integer> ttlSecurity, Optional<Integer> multihop, Optional<Integer> sourcePort,
        Optional<String> device) {

    public static final TcpOptions NONE = new TcpOptions(Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** What the kernel takes (TCP_MD5SIG_MAXKEYLEN). */
    private static final int MAX_PASSWORD = 80;

    public TcpOptions(Optional<String> password, Optional<Integer> ttlSecurity,
            Optional<Integer> multihop) {
        this(password, Optional.empty(), ttlSecurity, multihop, Optional.empty(),
                Optional.empty());
    }

    /** @throws IllegalArgumentException with a sentence for the operator */
    public TcpOptions {
        password.ifPresent(text -> {
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            if (length < 1 || length > MAX_PASSWORD) {
                throw new IllegalArgumentException(
                        "A TCP MD5 password has 1 to 80 octets, not " + length + ".");
            }
        });
        ttlSecurity.ifPresent(hops -> check("ttl-security", hops, 1, 254));
        multihop.ifPresent(ttl -> check("multihop", ttl, 1, 255));
        sourcePort.ifPresent(port -> check("The source port", port, 1, 65535));
        if (ttlSecurity.isPresent() && multihop.isPresent()) {
            throw new IllegalArgumentException(
                    "ttl-security and multihop exclude each other: ttl-security says how far"
                            + " away the neighbour may be.");
        }
        if (password.isPresent() && ao.isPresent()) {
            throw new IllegalArgumentException(
                    "A neighbour has either a TCP MD5 password or a TCP-AO key.");
        }
    }

    private static void check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be between " + least + " and "
                    + most + ", not " + value + ".");
        }
    }

    public TcpOptions withPassword(String text) {
        return new TcpOptions(Optional.of(text), ao, ttlSecurity, multihop, sourcePort, device);
    }

    public TcpOptions withAo(AoKey key) {
        return new TcpOptions(password, Optional.of(key), ttlSecurity, multihop, sourcePort,
                device);
    }

    public TcpOptions withTtlSecurity(int hops) {
        return new TcpOptions(password, ao, Optional.of(hops), multihop, sourcePort, device);
    }

    public TcpOptions withMultihop(int ttl) {
        return new TcpOptions(password, ao, ttlSecurity, Optional.of(ttl), sourcePort, device);
    }

    public TcpOptions withSourcePort(int port) {
        return new TcpOptions(password, ao, ttlSecurity, multihop, Optional.of(port), device);
    }

    public TcpOptions withDevice(String name) {
        return new TcpOptions(password, ao, ttlSecurity, multihop, sourcePort,
                Optional.of(name));
    }

    /** Never the secrets. */
    @Override
    public String toString() {
        return "TcpOptions[password " + (password.isPresent() ? "set" : "none") + ", ao "
                + (ao.isPresent() ? "set" : "none") + ", ttlSecurity " + ttlSecurity
                + ", multihop " + multihop + ", sourcePort " + sourcePort + ", device " + device
                + "]";
    }
}
