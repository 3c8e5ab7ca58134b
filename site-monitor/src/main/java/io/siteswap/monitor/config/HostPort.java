package io.siteswap.monitor.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address as the configuration writes it: {@code host:port}, an IPv6 address in brackets.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without its brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {

    /** Names may have underscores: those of containers do. The schema has the same pattern. */
    static final Pattern FORM = Pattern.compile(
            "^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|\\[[0-9a-fA-F]*:[0-9a-fA-F:]*\\]):"
                    + "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}"
                    + "|655[0-2][0-9]|6553[0-5])$");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 = Pattern.compile(
            "((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
    private static final String EXPECTED = " (expected host:port such as 198.18.1.1:7101, dc1:7101"
            + " or [2001:db8::1]:7101, the port from 1 to 65535)";

    /** @throws IllegalArgumentException with one sentence when the text is no address */
    public static HostPort parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an address" + EXPECTED);
        }
        fault(text).ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
        return split(text);
    }

    /** What is wrong with a text that has the form; empty when nothing is. */
    static Optional<String> fault(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        String host = split(text).host;
        boolean wrong = host.contains(":")
                ? literal(host).isEmpty()
                : NUMBERS.matcher(host).matches() && !IPV4.matcher(host).matches();
        return wrong
                ? Optional.of("'" + host + "' is no IP address" + EXPECTED)
                : Optional.empty();
    }

    private static HostPort split(String text) {
        int colon = text.lastIndexOf(':');
        boolean brackets = text.startsWith("[");
        return new HostPort(brackets ? text.substring(1, colon - 1) : text.substring(0, colon),
                Integer.parseInt(text.substring(colon + 1)));
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return host.contains(":") || IPV4.matcher(host).matches()
                    ? Optional.of(InetAddress.ofLiteral(host))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Only this machine reaches it. */
    public boolean loopback() {
        return host.equals("localhost")
                || literal(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** A loopback or a wildcard: it means something else on each machine. */
    boolean ofEveryMachine() {
        return loopback() || literal(host).filter(InetAddress::isAnyLocalAddress).isPresent();
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
