package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.siteswap.monitor.action.Programs;
import io.siteswap.monitor.app.Siteswap.Refused;
import io.siteswap.monitor.app.Siteswap.Unusable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Several monitors, one of which takes everything and says nothing. */
class ApiClientTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private final AtomicInteger asked = new AtomicInteger();
    private ServerSocket silent;
    private HttpServer other;

    @BeforeEach
    void start() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        silent = new ServerSocket(0, 50, here);
        other = HttpServer.create(new InetSocketAddress(here, 0), 0);
        other.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] answer = "{\"said\":\"here\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        other.start();
    }

    @AfterEach
    void stop() throws IOException {
        silent.close();
        other.stop(0);
    }

    private ApiClient client(int... ports) {
        String[] options = new String[2 * ports.length];
        for (int i = 0; i < ports.length; i++) {
            options[2 * i] = "--api";
            options[2 * i + 1] = "127.0.0.1:" + ports[i];
        }
        return CommandLine.populateCommand(new ApiClient(), options);
    }

    private ApiClient silentThenOther() {
        return client(silent.getLocalPort(), other.getAddress().getPort());
    }

    @Test
    void aQuestionGoesOnToTheNextMonitor() throws Exception {
        assertEquals("here", silentThenOther().get("/api/status", SHORT).good().path("said")
                .asString());
    }

    /** It may be doing it: two changes at once are not what was asked for. */
    @Test
    void anOrderThatMayHaveBeenTakenIsGivenToNobodyElse() {
        var refused = assertThrows(Refused.class,
                () -> silentThenOther().post("/api/members", Map.of(), SHORT));
        assertTrue(String.valueOf(refused.getMessage()).contains(
                "127.0.0.1:" + silent.getLocalPort() + " has not answered"), refused::getMessage);
        assertEquals(0, asked.get());
    }

    @Test
    void whereNobodyListensTheNextIsAsked() throws Exception {
        assertEquals(200, client(Programs.freePort(), other.getAddress().getPort())
                .post("/api/members", Map.of(), Duration.ofSeconds(10)).status());
        assertEquals(1, asked.get());
        int nobody = Programs.freePort();
        var unusable = assertThrows(Unusable.class, () -> client(nobody).get("/api/status"));
        assertTrue(String.valueOf(unusable.getMessage()).contains("no monitor answers at 127.0.0.1:"
                + nobody), unusable::getMessage);
    }
}
