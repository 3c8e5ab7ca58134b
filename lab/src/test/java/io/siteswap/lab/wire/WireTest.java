package io.siteswap.lab.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WireTest {
    private static final int PORT = 15999;
    private static final int SILENCE_MILLIS = 300;

    private final String net = "127." + ThreadLocalRandom.current().nextInt(16, 250);
    private ServerSocket far;
    private Wire wire;

    @BeforeEach
    void lay() throws IOException {
        far = new ServerSocket(PORT, 50, InetAddress.getByName(net + ".2.1"));
        wire = Wire.lay(net + ".12.1", net + ".2.1", net + ".21.1", List.of(PORT));
    }

    @AfterEach
    void close() throws IOException {
        wire.close();
        far.close();
    }

    @Test
    void farEndSeesTheSourceOfTheOtherDirection() throws IOException {
        try (Socket near = connect(); Socket end = far.accept()) {
            assertEquals(net + ".21.1", end.getInetAddress().getHostAddress());
            near.getOutputStream().write(7);
            assertEquals(7, end.getInputStream().read());
            end.getOutputStream().write(8);
            assertEquals(8, near.getInputStream().read());
        }
    }

    @Test
    void cutIsSilenceAndHealingDeliversWhatWasHeld() throws IOException {
        try (Socket near = connect(); Socket end = far.accept()) {
            near.getOutputStream().write(1);
            assertEquals(1, end.getInputStream().read());
            wire.cut();
            near.getOutputStream().write(2);
            end.setSoTimeout(SILENCE_MILLIS);
            assertThrows(SocketTimeoutException.class, () -> end.getInputStream().read());
            wire.heal();
            assertEquals(2, end.getInputStream().read());
        }
    }

    @Test
    void deathOfTheFarEndIsNotHeardWhileCut() throws IOException {
        try (Socket near = connect()) {
            Socket end = far.accept();
            wire.cut();
            Relay.reset(end);
            near.setSoTimeout(SILENCE_MILLIS);
            assertThrows(SocketTimeoutException.class, () -> near.getInputStream().read());
            wire.heal();
            near.setSoTimeout(0);
            assertThrows(IOException.class, () -> {
                if (near.getInputStream().read() < 0) {
                    throw new IOException("ended");
                }
            });
        }
    }

    @Test
    void newConnectionsGetNoAnswerWhileCut() throws IOException {
        wire.cut();
        try (Socket near = new Socket()) {
            assertThrows(SocketTimeoutException.class, () -> near.connect(
                    new InetSocketAddress(net + ".12.1", PORT), SILENCE_MILLIS));
        }
        wire.heal();
        try (Socket near = connect()) {
            near.getOutputStream().write(3);
            assertEquals(3, firstByte());
        }
    }

    /** The connections that filled the backlog may come through first, empty. */
    private int firstByte() throws IOException {
        while (true) {
            try (Socket end = far.accept()) {
                int first = end.getInputStream().read();
                if (first >= 0) {
                    return first;
                }
            } catch (IOException resetFiller) {
                assertTrue(far.isBound());
            }
        }
    }

    private Socket connect() throws IOException {
        return new Socket(net + ".12.1", PORT);
    }
}
