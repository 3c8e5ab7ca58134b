package io.siteswap.bgp.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** Two network interfaces that are each other's wire, with link-local addresses. */
public final class Veth implements AutoCloseable {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String name = "swll" + ProcessHandle.current().pid() % 100_000 + "x"
            + NUMBERS.incrementAndGet() % 10;

    private Veth() {
    }

    public static Veth create() throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")),
                "Network interfaces are made by root only");
        Veth veth = new Veth();
        Assumptions.assumeTrue(ip("link", "add", veth.name(0), "type", "veth", "peer", "name",
                veth.name(1)) == 0, "This machine makes no veth pairs");
        for (int end = 0; end < 2; end++) {
            // Without duplicate detection the address is usable at once.
            ip("link", "set", veth.name(end), "addrgenmode", "none");
            ip("link", "set", veth.name(end), "up");
            ip("-6", "addr", "add", veth.address(end) + "/64", "dev", veth.name(end), "nodad");
        }
        return veth;
    }

    public String name(int end) {
        return name + (end == 0 ? "a" : "b");
    }

    public String address(int end) {
        return "fe80::" + (end + 1);
    }

    private static int ip(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "ip";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                throw new IOException(said);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        ip("link", "del", name(0));
    }
}
