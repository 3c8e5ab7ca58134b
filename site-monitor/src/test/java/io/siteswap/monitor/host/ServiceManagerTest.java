package io.siteswap.monitor.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceManagerTest {

    private static final Linker LINKER = Linker.nativeLinker();

    private @TempDir Path folder = Path.of("");

    private static Optional<ServiceManager> of(Map<String, String> environment) {
        return ServiceManager.of(environment, 42);
    }

    @Test
    void hearsThatWeAreReadyAndAlive() throws Throwable {
        for (String name : new String[]{folder.resolve("notify").toString(),
                "@siteswap-" + ProcessHandle.current().pid()}) {
            try (Listener listener = new Listener(name)) {
                ServiceManager manager = of(Map.of("NOTIFY_SOCKET", name)).orElseThrow();
                manager.ready();
                assertEquals("READY=1", listener.next());
                manager.alive();
                assertEquals("WATCHDOG=1", listener.next());
            }
        }
    }

    @Test
    void itsPatienceIsOursOnlyIfItSaysSo() {
        Map<String, String> asked = Map.of("NOTIFY_SOCKET", "/run/x", "WATCHDOG_USEC", "2000000");
        assertEquals(Optional.of(Duration.ofSeconds(2)), of(asked).orElseThrow().patience());
        assertEquals(Optional.empty(), of(Map.of("NOTIFY_SOCKET", "/run/x", "WATCHDOG_USEC",
                "2000000", "WATCHDOG_PID", "41")).orElseThrow().patience());
        assertEquals(Optional.empty(), of(Map.of("NOTIFY_SOCKET", "/run/x", "WATCHDOG_USEC",
                "soon")).orElseThrow().patience());
    }

    @Test
    void nobodyListensWithoutASocketThatCanBe() {
        assertEquals(Optional.empty(), of(Map.of()));
        assertEquals(Optional.empty(), of(Map.of("NOTIFY_SOCKET", "vsock:2:1")));
        assertEquals(Optional.empty(), of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(107))));
    }

    /** As when process 1 has crashed and stands still: its queue fills up. */
    @Test
    void aManagerThatReadsNothingHoldsUpNobody() throws Throwable {
        String name = folder.resolve("full").toString();
        try (Listener _ = new Listener(name)) {
            ServiceManager manager = of(Map.of("NOTIFY_SOCKET", name)).orElseThrow();
            IOException full = assertTimeoutPreemptively(Duration.ofSeconds(20),
                    () -> assertThrows(IOException.class, () -> {
                        while (true) {
                            manager.alive();
                        }
                    }));
            assertEquals("Resource temporarily unavailable", full.getMessage());
        }
    }

    @Test
    void aManagerThatIsGoneIsAnError() {
        ServiceManager manager = of(Map.of("NOTIFY_SOCKET", folder.resolve("none").toString()))
                .orElseThrow();
        assertEquals("No such file or directory",
                assertThrows(IOException.class, manager::alive).getMessage());
    }

    /** The manager's end: a datagram socket, which the JDK has only for the Internet. */
    @SuppressWarnings("restricted")
    private static final class Listener implements AutoCloseable {
        private static final MethodHandle BIND = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("bind"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        private static final MethodHandle RECV = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("recv"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

        private final Arena arena = Arena.ofConfined();
        private final int fd;

        Listener(String name) throws Throwable {
            fd = Posix.socket(1, 2);
            byte[] address = new byte[2 + name.length()];
            address[0] = 1;
            System.arraycopy(name.replace('@', '\0').getBytes(StandardCharsets.US_ASCII), 0,
                    address, 2, name.length());
            assertEquals(0, (int) BIND.invokeExact(fd, arena.allocateFrom(JAVA_BYTE, address),
                    address.length));
        }

        String next() throws Throwable {
            MemorySegment text = arena.allocate(100);
            long length = (long) RECV.invokeExact(fd, text, 99L, 0);
            return new String(text.asSlice(0, length).toArray(JAVA_BYTE),
                    StandardCharsets.US_ASCII);
        }

        @Override
        public void close() throws IOException {
            Posix.close(fd);
            arena.close();
        }
    }
}
