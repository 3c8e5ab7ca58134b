package io.siteswap.monitor.guard.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.action.Programs;
import io.siteswap.monitor.config.HostPort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentCheckTest {

    private HostPort at = new HostPort("127.0.0.1", 1);
    private final List<AutoCloseable> open = new ArrayList<>();

    private void start(String... services) throws IOException {
        at = new HostPort("127.0.0.1", Programs.freePort());
        open.add(AgentCheck.start(at, List.of(services), service -> "up #" + service));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(at.host(), at.port());
        open.add(socket);
        return socket;
    }

    private String ask(String text) throws IOException {
        Socket socket = connect();
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return rest(socket);
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void theOnlyServiceNeedsNoName() throws Exception {
        start("shop");
        assertEquals("up #shop\n", ask(""));
        assertEquals("up #shop\n", ask("shop\n"));
        assertEquals("up #shop\n", ask("shop\r\n"));
        assertEquals("fail #agent-send names no service of this site\n", ask("chat\n"));
    }

    @Test
    void whoAsksForOneOfSeveralMustSayWhich() throws Exception {
        start("shop", "chat");
        assertEquals("up #chat\n", ask("chat\n"));
        assertEquals("up #shop\n", ask("shop"), "the end of the line may be missing");
        assertEquals("fail #agent-send names no service of this site\n", ask("cha\n"));
        assertEquals("fail #agent-send must name one of the 2 services here\n", ask(""));
        assertEquals("fail #agent-send must name one of the 2 services here\n", ask("\n"));
    }

    @Test
    void neverReadsMoreThanANameHolds() throws Exception {
        start("shop");
        Socket socket = connect();
        // What was not read makes the kernel reset the connection; the answer may be lost with it.
        try {
            OutputStream out = socket.getOutputStream();
            while (true) {
                out.write(new byte[1 << 16]);
            }
        } catch (SocketException e) {
            assertEquals("up #shop\n", ask("shop\n"));
        }
    }

    @Test
    void aCrowdThatConnectsAndSaysNothingHoldsUpNobody() throws Exception {
        start("shop", "chat");
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            silent.add(connect());
            if (i % 100 == 0) {
                assertEquals("up #shop\n", ask("shop\n"));
            }
        }
        assertEquals("up #chat\n", ask("chat\n"));
        // Each of them is let go in the end.
        for (Socket one : silent) {
            String said = said(one);
            assertTrue(said.isEmpty() || said.startsWith("fail "), said);
        }
    }

    private static String said(Socket socket) {
        try {
            return rest(socket);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aDripOfBytesWithoutAnEndIsNotWaitedFor() throws Exception {
        start("shop", "chat");
        Socket slow = connect();
        Thread drip = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    slow.getOutputStream().write('x');
                    Thread.sleep(20);
                }
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        String said = said(slow);
        assertTrue(said.isEmpty() || said.startsWith("fail "), said);
        drip.interrupt();
        drip.join();
    }

    @Test
    void aTakenAddressIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            HostPort same = new HostPort("127.0.0.1", taken.getLocalPort());
            String said = String.valueOf(assertThrows(IOException.class,
                    () -> AgentCheck.start(same, List.of("shop"), service -> service).close())
                    .getMessage());
            assertTrue(said.startsWith("cannot listen on " + same + " for load balancers: ")
                    && said.endsWith("or is 'agent-check' wrong?"), said);
        }
    }
}
