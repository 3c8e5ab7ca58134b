package io.siteswap.bgp.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Prefix;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** The real kernel, in a network namespace that each test has for itself. */
class KernelTableTest {

    private static final int CLONE_NEWNET = 0x40000000;
    private static final KernelOptions OPTIONS = new KernelOptions(KernelOptions.MAIN_TABLE, 200);

    private final List<String> trouble = new CopyOnWriteArrayList<>();

    @Test
    void installsReplacesAndRemoves() throws Exception {
        inNamespace(() -> {
            KernelTable table = KernelTable.start(OPTIONS, trouble::add);
            table.put(route("0.0.0.0/0", "198.18.1.1"));
            table.put(route("2001:db8:9::/48", "2001:db8:1::1"));
            table.put(route("203.0.113.0/24", "198.18.1.1"));
            table.put(route("203.0.113.0/24", "198.18.1.2"));
            table.remove(Prefix.parse("198.51.100.0/24"));
            table.abandon();
            assertEquals(List.of(), trouble);
            assertEquals(
                    List.of("default via 198.18.1.1 dev up0 metric 200",
                            "203.0.113.0/24 via 198.18.1.2 dev up0 metric 200"),
                    ip("-4", "route", "show", "proto", "83").lines().map(String::strip).toList());
            assertEquals("2001:db8:9::/48 via 2001:db8:1::1 dev up0 metric 200 pref medium\n",
                    ip("-6", "route", "show", "proto", "83"));
        });
    }

    @Test
    void aNextRunKeepsWhatItFindsUntilAllHaveSpoken() throws Exception {
        inNamespace(() -> {
            KernelTable first = KernelTable.start(OPTIONS, trouble::add);
            first.put(route("203.0.113.0/24", "198.18.1.1"));
            first.put(route("198.51.100.0/24", "198.18.1.1"));
            first.abandon();
            ip("route", "add", "198.18.9.0/24", "via", "198.18.1.7", "metric", "200");

            KernelTable second = KernelTable.start(OPTIONS, trouble::add);
            second.put(route("203.0.113.0/24", "198.18.1.2"));
            second.settle();
            second.abandon();

            assertEquals("203.0.113.0/24 via 198.18.1.2 dev up0 metric 200 \n",
                    ip("-4", "route", "show", "proto", "83"));
            assertTrue(ip("route").contains("198.18.9.0/24 via 198.18.1.7"),
                    "a route of somebody else is gone");
            KernelTable third = KernelTable.start(OPTIONS, trouble::add);
            third.close();
            assertEquals("", ip("-4", "route", "show", "proto", "83"));
        });
    }

    @Test
    void saysWhyTheKernelRefuses() throws Exception {
        inNamespace(() -> {
            KernelTable table = KernelTable.start(OPTIONS, trouble::add);
            table.put(route("203.0.113.0/24", "198.51.100.1"));
            table.close();
            assertEquals(List.of("The kernel refuses a route to 203.0.113.0/24 over 198.51.100.1:"
                    + " the next hop is not on a connected network."), trouble);
        });
    }

    @Test
    void anIpv4RouteMayHaveAnIpv6NextHop() throws Exception {
        inNamespace(() -> {
            KernelTable table = KernelTable.start(OPTIONS, trouble::add);
            table.put(route("203.0.113.0/24", "2001:db8:1::1"));
            table.abandon();
            assertEquals(List.of(), trouble);
            assertEquals("203.0.113.0/24 via inet6 2001:db8:1::1 dev up0 metric 200 \n",
                    ip("-4", "route", "show", "proto", "83"));
            try (NetlinkSocket socket = NetlinkSocket.open(OPTIONS)) {
                assertEquals(List.of(route("203.0.113.0/24", "2001:db8:1::1")), socket.ours());
            }
        });
    }

    private static KernelRoute route(String prefix, String gateway) {
        return new KernelRoute(Prefix.parse(prefix), Address.parse(gateway));
    }

    private interface Body {
        void run() throws Exception;
    }

    /** A thread that leaves this process's network: it, its threads and its children see another. */
    private static void inNamespace(Body body) throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"),
                "network namespaces need root");
        FutureTask<Optional<Throwable>> task = new FutureTask<>(() -> {
            assumeTrue(unshare() == 0, "this machine makes no network namespaces");
            ip("link", "set", "lo", "up");
            ip("link", "add", "up0", "type", "veth", "peer", "name", "up1");
            ip("link", "set", "up1", "up");
            ip("link", "set", "up0", "up");
            ip("addr", "add", "198.18.1.9/24", "dev", "up0");
            ip("addr", "add", "2001:db8:1::9/64", "dev", "up0", "nodad");
            body.run();
            return Optional.empty();
        });
        Thread.ofPlatform().start(task);
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    @SuppressWarnings("restricted") // there is no other way into a namespace
    private static int unshare() throws Exception {
        Linker linker = Linker.nativeLinker();
        try {
            return (int) linker.downcallHandle(linker.defaultLookup().findOrThrow("unshare"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                    .invokeExact(CLONE_NEWNET);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ip(String... args) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("ip"));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(),
                StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), String.join(" ", command) + ": " + output);
        return output;
    }
}
