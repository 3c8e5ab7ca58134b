package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.SpeakerConfig.Origination;
import io.siteswap.bgp.speaker.Ladder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask much, ask at the same time or do not listen, and a disk that takes its time. */
@Timeout(120)
class LocalApiLoadTest {

    @TempDir
    Path dir;

    private SpeakerConfig config(List<String> prefixes) {
        return new SpeakerConfig("dc1", 64500, "198.18.1.1", Optional.empty(),
                Duration.ofSeconds(3), Duration.ofMillis(200), List.of(), Ladder.standard(),
                prefixes.stream().map(p -> new Origination(p, "shop", "normal")).toList(),
                dir.resolve("dc1.stances"), dir.resolve("dc1.sock"));
    }

    private SpeakerDaemon speaker() throws IOException {
        return SpeakerDaemon.start(config(List.of(Configs.PREFIX)));
    }

    private static String stance(long epoch) {
        return "{\"op\":\"stance\",\"service\":\"shop\",\"epoch\":" + epoch + ",\"prefix\":\""
                + Configs.PREFIX + "\",\"rung\":\"normal\"}\n";
    }

    /** A client that does with the socket what it likes. */
    private final class RawClient implements AutoCloseable {

        private final SocketChannel channel = SocketChannel
                .open(UnixDomainSocketAddress.of(dir.resolve("dc1.sock")));
        private final BufferedReader in = new BufferedReader(new InputStreamReader(
                Channels.newInputStream(channel), StandardCharsets.UTF_8));

        RawClient() throws IOException {
        }

        void say(String text) throws IOException {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        /** The next answer; empty at the end of the stream. */
        Optional<String> answer() {
            try {
                return Optional.ofNullable(in.readLine());
            } catch (IOException e) {
                // Hung up with something of ours unread.
                return Optional.empty();
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    @Test
    void answersComeInTheOrderOfTheRequests() throws Exception {
        try (SpeakerDaemon _ = speaker(); RawClient client = new RawClient()) {
            var lines = new StringBuilder();
            for (int epoch = 1; epoch <= 100; epoch++) {
                lines.append(stance(epoch)).append("{\"op\":\"stances\"}\n").append("?\n");
            }
            client.say(lines.toString());
            for (int epoch = 1; epoch <= 100; epoch++) {
                assertEquals(Optional.of("{\"ok\":true,\"prefix\":\"203.0.113.0/24\","
                        + "\"rung\":\"normal\",\"epoch\":" + epoch + "}"), client.answer());
                assertTrue(client.answer().orElseThrow().contains("\"epoch\":" + epoch + ","));
                assertTrue(client.answer().orElseThrow().startsWith("{\"ok\":false"));
            }
        }
    }

    @Test
    void aLineInPiecesAndOneWithoutAnEndAreAnswered() throws Exception {
        try (SpeakerDaemon _ = speaker(); RawClient client = new RawClient()) {
            for (char c : stance(1).toCharArray()) {
                client.say(String.valueOf(c));
            }
            assertTrue(client.answer().orElseThrow().contains("\"epoch\":1"));
            client.say(stance(2) + stance(3).strip());
            client.channel.shutdownOutput();
            assertTrue(client.answer().orElseThrow().contains("\"epoch\":2"));
            assertTrue(client.answer().orElseThrow().contains("\"epoch\":3"));
            assertEquals(Optional.empty(), client.answer());
        }
    }

    @Test
    void aLineThatNeverEndsIsAnsweredWithASentenceAndTheEnd() throws Exception {
        try (SpeakerDaemon speaker = speaker(); RawClient client = new RawClient()) {
            client.say(stance(1) + "x".repeat(ApiLines.MAX_OCTETS + 1));
            assertTrue(client.answer().orElseThrow().contains("\"epoch\":1"));
            assertEquals(Optional.of("{\"ok\":false,\"error\":\"A request has at most 16384 octets:"
                    + " good-bye.\"}"), client.answer());
            assertEquals(Optional.empty(), client.answer());
            assertEquals(1, speaker.stances().getFirst().epoch());
        }
    }

    @Test
    void thereIsRoomForSixtyFourAndAgainWhenTheyAreGone() throws Exception {
        try (SpeakerDaemon _ = speaker()) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 66; i++) {
                clients.add(new RawClient());
            }
            assertEquals(Optional.empty(), clients.getLast().answer());
            clients.getFirst().say(stance(1));
            assertTrue(clients.getFirst().answer().orElseThrow().contains("\"epoch\":1"));
            for (RawClient client : clients) {
                client.close();
            }
            var patient = new SpeakerClient(dir.resolve("dc1.sock"), Duration.ofSeconds(10));
            Await.until("room again", () -> !patient.stances().isEmpty());
        }
    }

    /** Where the file was there is a pipe that nobody reads: opening it takes until somebody does. */
    @Test
    void aDiskThatStallsStopsNothingButStances() throws Exception {
        Path file = dir.resolve("dc1.stances");
        try (SpeakerDaemon speaker = speaker();
                RawClient first = new RawClient();
                RawClient second = new RawClient()) {
            Files.delete(file);
            assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
            first.say(stance(1));
            second.say(stance(2));
            CompletableFuture<Optional<String>> answers = CompletableFuture
                    .supplyAsync(first::answer);
            var patient = new SpeakerClient(dir.resolve("dc1.sock"), Duration.ofSeconds(10));
            for (int i = 0; i < 20; i++) {
                assertEquals(0, patient.stances().getFirst().epoch());
                assertEquals(0, speaker.summary().neighbors());
            }
            assertFalse(answers.isDone());
            Files.newInputStream(file).close();
            assertTrue(answers.get(10, TimeUnit.SECONDS).orElseThrow().contains("\"epoch\":1"));
            assertTrue(second.answer().orElseThrow().contains("\"epoch\":2"));
            assertEquals(2, speaker.stances().getFirst().epoch());
        }
    }

    @Test
    void aWatcherThatDoesNotReadIsCutOffAndTheOthersAreNot() throws Exception {
        List<String> prefixes = IntStream.range(0, 100).mapToObj(i -> "198.18." + i + ".0/24")
                .toList();
        List<SpeakerEvent> seen = new ArrayList<>();
        CompletableFuture<String> lost = new CompletableFuture<>();
        try (SpeakerDaemon speaker = SpeakerDaemon.start(config(prefixes));
                RawClient deaf = new RawClient();
                AutoCloseable _ = new SpeakerClient(dir.resolve("dc1.sock")).watch(
                        event -> {
                            synchronized (seen) {
                                seen.add(event);
                            }
                        }, lost::complete)) {
            deaf.say("{\"op\":\"watch\"}\n");
            assertEquals(Optional.of("{\"ok\":true,\"watching\":true}"), deaf.answer());
            int epochs = 200;
            for (int epoch = 1; epoch <= epochs; epoch++) {
                long now = epoch;
                CompletableFuture.allOf(prefixes.stream().map(p -> speaker.stance(
                        new ApiRequest.SetStance("shop", now, p, "normal", false)))
                        .toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            }
            int count = 0;
            while (deaf.answer().isPresent()) {
                count++;
            }
            assertTrue(count < epochs * prefixes.size(), count + " events");
            Await.until("the other has all", () -> {
                synchronized (seen) {
                    return seen.size() == epochs * prefixes.size();
                }
            });
            assertFalse(lost.isDone());
        }
    }
}
