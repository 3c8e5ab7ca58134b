package io.siteswap.bgp.wire;

/**
 * A standard community (RFC 1997), written {@code high:low}.
 *
 * @param value all 32 bits
 */
public record Community(int value) {

    /** Ask receivers to prefer any other path (RFC 8326). */
    public static final Community GRACEFUL_SHUTDOWN = new Community(0xFFFF0000);

    /** @throws IllegalArgumentException if it is not two numbers of 16 bits with a colon between */
    public static Community parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw notACommunity(text);
        }
        try {
            int high = Integer.parseInt(text.substring(0, colon));
            int low = Integer.parseInt(text.substring(colon + 1));
            if (high < 0 || high > 0xFFFF || low < 0 || low > 0xFFFF) {
                throw notACommunity(text);
            }
            return new Community(high << 16 | low);
        } catch (NumberFormatException e) {
            throw notACommunity(text);
        }
    }

    private static IllegalArgumentException notACommunity(String text) {
        return new IllegalArgumentException("'" + text
                + "' is not a community: write two numbers from 0 to 65535, like 65535:0.");
    }

    @Override
    public String toString() {
        return (value >>> 16) + ":" + (value & 0xFFFF);
    }
}
