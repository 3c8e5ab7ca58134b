package io.siteswap.bgp.app;

import java.net.InetSocketAddress;

/** An address as the configuration writes it: {@code host:port}, IPv6 in brackets. */
record HostPort(String host, int port) {

    /** @throws IllegalArgumentException with a sentence */
    static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port >= 0 && port <= 65535) {
                String host = text.substring(0, colon);
                boolean brackets = host.startsWith("[") && host.endsWith("]");
                return new HostPort(brackets ? host.substring(1, host.length() - 1) : host, port);
            }
        } catch (NumberFormatException e) {
            // the sentence below says it
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not an address: write host:port, like 198.18.1.1:179.");
    }

    InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }
}
