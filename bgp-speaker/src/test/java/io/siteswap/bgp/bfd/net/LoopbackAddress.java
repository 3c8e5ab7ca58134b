package io.siteswap.bgp.bfd.net;

import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.api.Assumptions;

/** An IPv6 address that loopback has for a while; of IPv4 it has enough. */
final class LoopbackAddress implements AutoCloseable {

    private final String address;

    LoopbackAddress(InetAddress address) throws IOException {
        this.address = address.getHostAddress() + "/128";
        Assumptions.assumeTrue(ip("add") == 0, "adding an IPv6 address to lo needs root");
    }

    private int ip(String verb) throws IOException {
        return new ProcessBuilder("ip", "-6", "addr", verb, address, "dev", "lo").inheritIO()
                .start().onExit().join().exitValue();
    }

    @Override
    public void close() throws IOException {
        int _ = ip("del");
    }
}
