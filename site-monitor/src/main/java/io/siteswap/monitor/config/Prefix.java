package io.siteswap.monitor.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Address prefixes in their one canonical form. */
final class Prefix {

    private Prefix() {
    }

    /** What is wrong with a prefix that has the right form; empty when nothing is. */
    static Optional<String> fault(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            // Only literals get here (the schema's pattern), so that no name is looked up.
            byte[] address = InetAddress.getByName(text.substring(0, slash)).getAddress();
            int length = Integer.parseInt(text.substring(slash + 1));
            byte[] network = mask(address, length);
            String canonical = InetAddress.getByAddress(network).getHostAddress();
            return Arrays.equals(network, address)
                    ? Optional.empty()
                    : Optional.of("'" + text + "' has bits set beyond its length (did you mean '"
                            + canonical + "/" + length + "'?)");
        } catch (UnknownHostException | NumberFormatException e) {
            return Optional.of("'" + text + "' is not an address prefix"
                    + " (expected one such as 203.0.113.0/24)");
        }
    }

    private static byte[] mask(byte[] address, int length) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int keep = Math.clamp(length - 8L * i, 0, 8);
            masked[i] = (byte) (masked[i] & (0xff << (8 - keep)));
        }
        return masked;
    }
}
