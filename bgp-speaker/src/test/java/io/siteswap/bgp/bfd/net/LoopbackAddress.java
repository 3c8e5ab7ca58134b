package io.siteswap.bgp.bfd.net;

import io.siteswap.bgp.app.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;

/** An IPv6 address that loopback has for a while; of IPv4 it has enough. */
final class LoopbackAddress implements AutoCloseable {

    private final String address;

    LoopbackAddress(InetAddress address) throws IOException {
        this.address = address.getHostAddress() + "/128";
        Assumptions.assumeTrue(ip("add") == 0, "adding an IPv6 address to lo needs root");
        // The kernel makes it usable in a work queue, after the command that added it.
        Await.until(this.address + " is a local address", () -> !output("ip", "-6", "route", "show",
                "table", "local", this.address).isBlank());
    }

    private int ip(String verb) throws IOException {
        return new ProcessBuilder("ip", "-6", "addr", verb, address, "dev", "lo").inheritIO()
                .start().onExit().join().exitValue();
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        int _ = ip("del");
    }
}
