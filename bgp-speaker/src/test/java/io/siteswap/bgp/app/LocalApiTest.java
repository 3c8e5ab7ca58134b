package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines on the socket, and what becomes of wrong ones. */
class LocalApiTest {

    private static final String US = "127.43.1.1";
    private static final String NOBODY = "127.43.9.1";

    @TempDir
    Path dir;

    private SpeakerConfig config() throws IOException {
        return Configs.site(dir, "dc1", US, Optional.empty(),
                Configs.neighbor("isp", NOBODY, Ports.free(NOBODY), 64510, false, US));
    }

    /** Sends lines on one connection and returns as many answers. */
    private String[] talk(String... lines) throws IOException {
        try (SocketChannel channel = SocketChannel
                .open(UnixDomainSocketAddress.of(dir.resolve("dc1.sock")))) {
            BufferedReader in = new BufferedReader(new InputStreamReader(
                    Channels.newInputStream(channel), StandardCharsets.UTF_8));
            channel.write(ByteBuffer
                    .wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
            String[] answers = new String[lines.length];
            for (int i = 0; i < lines.length; i++) {
                answers[i] = in.readLine();
            }
            return answers;
        }
    }

    /** The connection that a client keeps is of no use then. */
    @Test
    void aClientOutlivesARestartOfItsSpeaker() throws Exception {
        try (SpeakerClient client = new SpeakerClient(dir.resolve("dc1.sock"))) {
            try (SpeakerDaemon _ = SpeakerDaemon.start(config())) {
                assertEquals(1, client.stances().size());
            }
            assertThrows(IOException.class, client::stances);
            try (SpeakerDaemon _ = SpeakerDaemon.start(config())) {
                assertEquals(1, client.stances().size());
            }
            try (SpeakerDaemon _ = SpeakerDaemon.start(config())) {
                assertEquals(1, client.stances().size());
            }
        }
    }

    @Test
    void theDocumentedLines() throws Exception {
        try (SpeakerDaemon _ = SpeakerDaemon.start(config())) {
            String[] answers = talk(
                    "{\"op\":\"stance\",\"service\":\"shop\",\"epoch\":5,"
                            + "\"prefix\":\"203.0.113.0/24\",\"rung\":\"best\"}",
                    "{\"op\":\"stances\"}", "{\"op\":\"routes\"}",
                    "{\"op\":\"stance\",\"service\":\"shop\",\"epoch\":4,"
                            + "\"prefix\":\"203.0.113.0/24\",\"rung\":\"best\"}");
            assertEquals("{\"ok\":true,\"prefix\":\"203.0.113.0/24\",\"rung\":\"best\","
                    + "\"epoch\":5}", answers[0]);
            assertEquals("{\"ok\":true,\"stances\":[{\"prefix\":\"203.0.113.0/24\","
                    + "\"service\":\"shop\",\"rung\":\"best\",\"epoch\":5,"
                    + "\"written\":{\"isp\":false}}]}", answers[1]);
            assertEquals("{\"ok\":true,\"routes\":[]}", answers[2]);
            assertEquals("{\"ok\":false,\"error\":\"Epoch 4 of service 'shop' is over: 5 was"
                    + " accepted.\"}", answers[3]);
        }
    }

    @Test
    void wrongLinesGetASentenceAndTheConnectionLives() throws Exception {
        try (SpeakerDaemon daemon = SpeakerDaemon.start(config())) {
            String[] answers = talk("nonsense", "[1,2]", "{\"op\":\"stence\"}",
                    "{\"op\":\"stance\",\"service\":\"shop\",\"epoch\":\"5\","
                            + "\"prefix\":\"203.0.113.0/24\",\"rung\":\"best\"}",
                    "{\"op\":\"stance\",\"service\":\"shop\",\"epoch\":5,"
                            + "\"prefix\":\"203.0.113.1/24\",\"rung\":\"best\"}",
                    "{\"op\":\"stance\",\"service\":\"mail\",\"epoch\":5,"
                            + "\"prefix\":\"203.0.113.0/24\",\"rung\":\"best\"}",
                    "{\"op\":\"neighbors\"}");
            assertEquals(error("A request is one JSON object on one line."), answers[0]);
            String words = "write stance, neighbors, neighbor, stances, routes, seen, advertised,"
                    + " errors, summary, reload, leave or watch.";
            assertEquals(error("There is no op '': " + words), answers[1]);
            assertEquals(error("There is no op 'stence': " + words), answers[2]);
            assertEquals(error("A stance needs service, epoch (a number), prefix and"
                    + " rung."), answers[3]);
            assertEquals(error("'203.0.113.1/24' has bits set beyond its length; did you mean"
                    + " '203.0.113.0/24'?"), answers[4]);
            assertEquals(error("The prefix 203.0.113.0/24 belongs to service 'shop', not"
                    + " 'mail'."), answers[5]);
            assertTrue(answers[6].startsWith("{\"ok\":true,\"neighbors\":["));
            assertEquals("normal", daemon.stances().getFirst().rung());
        }
    }

    private static String error(String sentence) {
        return "{\"ok\":false,\"error\":\"" + sentence + "\"}";
    }

    @Test
    void anUnreachableNeighbourIsNamedInOneSentence() throws Exception {
        SpeakerConfig config = config();
        try (SpeakerDaemon _ = SpeakerDaemon.start(config)) {
            SpeakerClient client = new SpeakerClient(config.socket());
            String reason = Await.value("an error",
                    () -> client.neighbors().getFirst().lastError());
            assertEquals("Cannot connect to " + NOBODY + " port "
                    + config.neighbors().getFirst().port() + ": nothing listens there.", reason);
        }
    }

    @Test
    void aStanceThatCannotBeSavedChangesNothing() throws Exception {
        SpeakerConfig config = config();
        // A folder where the new file should be: stands for a disk that refuses.
        Files.createDirectory(dir.resolve("dc1.stances.next"));
        try (SpeakerDaemon daemon = SpeakerDaemon.start(config)) {
            StanceReply.Refused refused = (StanceReply.Refused) daemon.setStance("shop", 3,
                    Configs.PREFIX, "best");
            assertTrue(refused.reason().startsWith("The stance could not be saved in "),
                    refused.reason());
            assertEquals("normal", daemon.stances().getFirst().rung());
            Files.delete(dir.resolve("dc1.stances.next"));
            assertEquals(new StanceReply.Accepted(Configs.PREFIX, "backup", 2),
                    daemon.setStance("shop", 2, Configs.PREFIX, "backup"),
                    "the refused epoch was not remembered");
        }
    }

    @Test
    void theClientSaysWhenNobodyIsThereAndWhenNobodyAnswers() throws Exception {
        SpeakerClient client = new SpeakerClient(dir.resolve("dc1.sock"),
                Duration.ofMillis(100));
        assertEquals("No speaker answers on " + dir.resolve("dc1.sock")
                + ": is 'siteswap speaker' running there?",
                assertThrows(IOException.class, client::neighbors).getMessage());
        try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            mute.bind(UnixDomainSocketAddress.of(dir.resolve("dc1.sock")));
            assertEquals("The speaker at " + dir.resolve("dc1.sock")
                    + " gave no answer within 100 ms.",
                    assertThrows(IOException.class, client::neighbors).getMessage());
        }
    }

    @Test
    void aWatcherLearnsThatTheSpeakerIsGone() throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        SpeakerDaemon daemon = SpeakerDaemon.start(config());
        try (AutoCloseable _ = new SpeakerClient(dir.resolve("dc1.sock")).watch(_ -> {
        }, ended::complete)) {
            daemon.close();
            assertTrue(ended.get(10, TimeUnit.SECONDS).contains("dc1.sock"));
        }
    }

    @Test
    void aListenerThatThrowsCostsNothing() throws Exception {
        try (SpeakerDaemon daemon = SpeakerDaemon.start(config());
                AutoCloseable _ = daemon.listen(_ -> {
                    throw new IllegalStateException("a bug");
                })) {
            daemon.setStance("shop", 1, Configs.PREFIX, "drain");
            Await.until("applied",
                    () -> daemon.stances().getFirst().rung().equals("drain"));
        }
    }
}
