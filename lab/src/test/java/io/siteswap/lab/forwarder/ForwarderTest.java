package io.siteswap.lab.forwarder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ForwarderTest {
    private static final int PORT = 15998;

    @TempDir
    Path dir;
    private final String net = "127." + ThreadLocalRandom.current().nextInt(16, 250);
    private ServerSocket app1;
    private ServerSocket dc2;
    private Forwarder forwarder;

    @BeforeEach
    void start() throws IOException {
        app1 = greet(net + ".1.11", 'a');
        dc2 = greet(net + ".1.12", 'd');
        forwarder = Forwarder.start(new InetSocketAddress(net + ".1.1", PORT),
                dir.resolve("admin.sock"), "shop",
                new Backend("shop",
                        List.of(new Backend.Server("app1", at(app1), true, 0, false),
                                new Backend.Server("gone", closedPort(), true, 0, false),
                                new Backend.Server("dc2", at(dc2), false, 0, true))));
    }

    @AfterEach
    void stop() throws IOException {
        forwarder.close();
        app1.close();
        dc2.close();
    }

    @Test
    void passesOverAServerThatRefuses() throws IOException {
        for (int i = 0; i < 4; i++) {
            assertEquals('a', greeting());
        }
    }

    @Test
    void turnsToTheOtherSite() throws IOException {
        assertEquals("\n", command("set server shop/dc2 state ready"));
        assertEquals("\n", command("set server shop/app1 state maint"));
        assertEquals('d', greeting());
        String state = command("show servers state shop");
        assertTrue(state.startsWith("1\n# be_id be_name srv_id srv_name"), state);
        assertTrue(state.contains("shop 1 app1 " + net + ".1.11 0 1"), state);
        assertTrue(state.contains("shop 3 dc2 " + net + ".1.12 2 0"), state);
    }

    @Test
    void sendsNothingBackToWhereItCameFrom() throws IOException {
        command("set server shop/dc2 state ready");
        command("set server shop/app1 state maint");
        command("set server shop/gone state maint");
        try (Socket client = new Socket()) {
            client.bind(new InetSocketAddress(net + ".1.12", 0));
            client.connect(new InetSocketAddress(net + ".1.1", PORT));
            assertEquals(-1, client.getInputStream().read());
        }
        assertEquals('d', greeting());
    }

    @Test
    void holdsNewConnectionsWhileNoServerIsReady() throws IOException {
        for (String server : List.of("app1", "gone", "dc2")) {
            command("set server shop/" + server + " state maint");
        }
        try (Socket held = new Socket(net + ".1.1", PORT)) {
            held.setSoTimeout(300);
            assertThrows(SocketTimeoutException.class, () -> held.getInputStream().read());
            command("set server shop/dc2 state ready");
            held.setSoTimeout(0);
            assertEquals('d', held.getInputStream().read());
        }
    }

    @Test
    void namesWhatItDoesNotKnow() throws IOException {
        assertEquals("No such server.\n\n", command("set server shop/x state ready"));
        assertEquals("No such backend.\n\n", command("set server x/app1 state ready"));
        assertEquals("Can't find backend.\n\n", command("show servers state x"));
        assertTrue(command("set server shop/app1 state up").contains("expects"));
        assertTrue(command("abc").startsWith("Unknown command"));
        assertTrue(command("show info").contains("siteswap-forwarder"));
        assertTrue(command("show stat -1 4 -1").contains("shop,app1,0,0,0,"));
    }

    private int greeting() throws IOException {
        try (Socket client = new Socket(net + ".1.1", PORT)) {
            return client.getInputStream().read();
        }
    }

    private String command(String line) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(dir.resolve("admin.sock")));
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }

    private static ServerSocket greet(String address, char greeting) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName(address));
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    try (Socket client = server.accept()) {
                        client.getOutputStream().write(greeting);
                    }
                }
            } catch (IOException closed) {
                assertTrue(server.isClosed());
            }
        });
        return server;
    }

    private static InetSocketAddress at(ServerSocket server) {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private InetSocketAddress closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(net + ".1.13"))) {
            return at(server);
        }
    }
}
