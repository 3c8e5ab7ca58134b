package io.siteswap.bgp.wire;

import java.util.HexFormat;

/**
 * An extended community (RFC 4360, RFC 5668), written {@code rt:64500:1}, {@code soo:198.18.0.1:7}
 * or, whatever its type, {@code 0x0002fbf400000001}. An AS number that takes 4 octets although 2
 * would do ends in {@code L}.
 *
 * @param value 8 octets, type first
 */
public record ExtendedCommunity(long value) {

    private static final int AS2 = 0x00;
    private static final int IPV4 = 0x01;
    private static final int AS4 = 0x02;
    private static final int ROUTE_TARGET = 0x02;
    private static final int ROUTE_ORIGIN = 0x03;

    /** @throws IllegalArgumentException with a sentence */
    public static ExtendedCommunity parse(String text) {
        if (text.startsWith("0x") && text.length() == 18
                && text.chars().skip(2).allMatch(HexFormat::isHexDigit)) {
            return new ExtendedCommunity(Long.parseUnsignedLong(text, 2, 18, 16));
        }
        String[] parts = text.split(":", -1);
        if (parts.length != 3 || !(parts[0].equals("rt") || parts[0].equals("soo"))) {
            throw notACommunity(text);
        }
        int subtype = parts[0].equals("rt") ? ROUTE_TARGET : ROUTE_ORIGIN;
        try {
            return of(subtype, parts[1], Long.parseLong(parts[2]));
        } catch (IllegalArgumentException e) {
            throw notACommunity(text);
        }
    }

    private static ExtendedCommunity of(int subtype, String administrator, long number) {
        if (administrator.contains(".")) {
            Address address = Address.parse(administrator);
            return of(IPV4, subtype, Integer.toUnsignedLong(address.toInt()), 16, number);
        }
        boolean wide = administrator.endsWith("L");
        long as = Long.parseLong(administrator, 0, administrator.length() - (wide ? 1 : 0), 10);
        return wide || as > 0xFFFF
                ? of(AS4, subtype, as, 16, number)
                : of(AS2, subtype, as, 32, number);
    }

    /** @param bits what the number has; the administrator has the rest of 48 */
    private static ExtendedCommunity of(int type, int subtype, long administrator, int bits,
            long number) {
        if (administrator < 0 || administrator >> (48 - bits) != 0 || number < 0
                || number >> bits != 0) {
            throw new IllegalArgumentException("out of range");
        }
        return new ExtendedCommunity(
                (long) type << 56 | (long) subtype << 48 | administrator << bits | number);
    }

    private static IllegalArgumentException notACommunity(String text) {
        return new IllegalArgumentException("'" + text + "' is not an extended community: write"
                + " rt: or soo: with an AS number or IPv4 address and a number, like"
                + " rt:64500:1, or 0x and 16 hexadecimal digits.");
    }

    /** Transitive across ASes (RFC 4360 section 2). */
    public boolean transitive() {
        return (value >>> 56 & 0x40) == 0;
    }

    /** Readable again by {@link #parse}. */
    @Override
    public String toString() {
        int type = (int) (value >>> 56);
        int subtype = (int) (value >>> 48) & 0xFF;
        boolean named = subtype == ROUTE_TARGET || subtype == ROUTE_ORIGIN;
        String prefix = subtype == ROUTE_TARGET ? "rt:" : "soo:";
        if (named && type == AS2) {
            return prefix + (value >>> 32 & 0xFFFF) + ":" + (value & 0xFFFF_FFFFL);
        }
        if (named && type == AS4) {
            long as = value >>> 16 & 0xFFFF_FFFFL;
            return prefix + as + (as > 0xFFFF ? "" : "L") + ":" + (value & 0xFFFF);
        }
        if (named && type == IPV4) {
            return prefix + Address.v4((int) (value >>> 16)) + ":" + (value & 0xFFFF);
        }
        return "0x" + HexFormat.of().toHexDigits(value);
    }
}
