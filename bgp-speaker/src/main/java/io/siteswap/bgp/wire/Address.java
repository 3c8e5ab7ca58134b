package io.siteswap.bgp.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IP address, its bits left-aligned: IPv4 fills the upper half of {@code high}.
 *
 * <p>
 * Two longs rather than an array: equality, order and masks come for free.
 */
public record Address(Family family, long high, long low) implements Comparable<Address> {

    /**
     * Reads a literal, never a name.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static Address parse(String text) {
        try {
            return of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address.", e);
        }
    }

    public static Address of(InetAddress address) {
        return of(address.getAddress());
    }

    /** From 4 or 16 octets. */
    public static Address of(byte[] octets) {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        return octets.length == 4 ? v4(buffer.getInt()) : v6(buffer.getLong(), buffer.getLong());
    }

    public static Address v4(int value) {
        return new Address(Family.IPV4_UNICAST, (long) value << 32, 0);
    }

    public static Address v6(long high, long low) {
        return new Address(Family.IPV6_UNICAST, high, low);
    }

    /** The 32 bits of an IPv4 address. */
    public int toInt() {
        return (int) (high >>> 32);
    }

    public int octets() {
        return family.bits() / 8;
    }

    /** fe80::/10: it means something on one link only. */
    public boolean isLinkLocal() {
        return family == Family.IPV6_UNICAST && high >>> 54 == 0xFE80 >>> 6;
    }

    /** 0.0.0.0 or ::. */
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    /** 4 or 16 octets. */
    public void write(ByteBuffer out) {
        if (family == Family.IPV4_UNICAST) {
            out.putInt(toInt());
        } else {
            out.putLong(high).putLong(low);
        }
    }

    public InetAddress toInetAddress() {
        ByteBuffer buffer = ByteBuffer.allocate(octets());
        write(buffer);
        try {
            return InetAddress.getByAddress(buffer.array());
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 octets are always an address", e);
        }
    }

    /** Unsigned order, IPv4 before IPv6. */
    @Override
    public int compareTo(Address other) {
        int byFamily = family.compareTo(other.family);
        int byHigh = byFamily != 0 ? byFamily : Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Dotted, or the short form of RFC 5952. */
    @Override
    public String toString() {
        return family == Family.IPV4_UNICAST
                ? (high >>> 56) + "." + (high >>> 48 & 255) + "." + (high >>> 40 & 255) + "."
                        + (high >>> 32 & 255)
                : shortV6();
    }

    private String shortV6() {
        int from = 0;
        int length = 0;
        for (int i = 0; i < 8; i++) {
            int zeros = 0;
            while (i + zeros < 8 && group(i + zeros) == 0) {
                zeros++;
            }
            if (zeros > length) {
                from = i;
                length = zeros;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (length > 1 && i == from) {
                text.append("::");
                i += length - 1;
                continue;
            }
            boolean separated = text.isEmpty() || text.charAt(text.length() - 1) == ':';
            text.append(separated ? "" : ":").append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int group(int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (48 - 16 * (index % 4))) & 0xFFFF;
    }
}
