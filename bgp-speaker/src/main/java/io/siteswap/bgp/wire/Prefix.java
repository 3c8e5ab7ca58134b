package io.siteswap.bgp.wire;

/** A block of addresses; bits beyond {@code length} are zero. */
public record Prefix(Address address, int length) implements Comparable<Prefix> {

    /** Clears the bits beyond the length, as receivers must (RFC 4271 section 4.3). */
    public Prefix {
        address = new Address(address.family(), address.high() & mask(length),
                address.low() & mask(length - 64));
    }

    /**
     * Reads CIDR notation.
     *
     * @throws IllegalArgumentException with a sentence, also when bits beyond the length are set
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a prefix: write address/length, like 203.0.113.0/24.");
        }
        Address address = Address.parse(text.substring(0, slash));
        int length = parseLength(text, text.substring(slash + 1), address.family().bits());
        Prefix prefix = new Prefix(address, length);
        if (!prefix.address.equals(address)) {
            throw new IllegalArgumentException("'" + text
                    + "' has bits set beyond its length; did you mean '" + prefix + "'?");
        }
        return prefix;
    }

    private static int parseLength(String text, String length, int bits) {
        try {
            int value = Integer.parseInt(length);
            if (value >= 0 && value <= bits) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the same sentence as a number out of range
        }
        throw new IllegalArgumentException(
                "The length in '" + text + "' must be between 0 and " + bits + ".");
    }

    /** It is this block, or a part of it. */
    public boolean inside(Prefix block) {
        return length >= block.length && new Prefix(address, block.length).equals(block);
    }

    public Family family() {
        return address.family();
    }

    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= 64 ? -1 : -1L << (64 - bits);
    }

    @Override
    public int compareTo(Prefix other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
