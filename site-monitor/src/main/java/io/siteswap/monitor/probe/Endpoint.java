package io.siteswap.monitor.probe;

import java.net.InetSocketAddress;

/** A TCP address as written in the configuration: {@code host:port} or {@code [v6]:port}. */
public record Endpoint(String host, int port) {

    /** @throws IllegalArgumentException with one sentence when the text is no address */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            if (colon > 0) {
                String host = text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
                return new Endpoint(host, Integer.parseInt(text.substring(colon + 1)));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' has no port number at its end.", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not host:port.");
    }

    public Endpoint {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("Port " + port + " is not between 1 and 65535.");
        }
    }

    /** Resolves the name anew: it may have moved. */
    public InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
