package io.siteswap.bgp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever arrives becomes a value: nothing throws, and what is accepted can be sent again. */
class HostileBytesTest {

    private static final List<Context> CONTEXTS = List.of(new Context(true, true),
            new Context(false, true), new Context(true, false));
    private static final int ROUNDS = 100_000;

    @Test
    void randomBodiesNeverThrow() {
        Random random = new Random(4271);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] body = new byte[random.nextInt(120)];
            random.nextBytes(body);
            decode(frame(1 + random.nextInt(6), body), CONTEXTS.get(i % 3));
        }
    }

    @Test
    void mutatedVectorsNeverThrow() throws IOException {
        List<byte[]> seeds = seeds();
        assertTrue(seeds.size() > 50, "the vectors are there");
        Random random = new Random(7606);
        int accepted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                // Behind the marker: a wrong marker would hide everything else.
                bytes[16 + random.nextInt(bytes.length - 16)] = (byte) random.nextInt(256);
            }
            accepted += decode(bytes, CONTEXTS.get(i % 3)) ? 1 : 0;
        }
        assertTrue(accepted > ROUNDS / 20, "mutations reach the inside of messages: " + accepted);
    }

    @Test
    void truncatedMessagesAreIncomplete() throws IOException {
        for (byte[] seed : seeds()) {
            ByteBuffer in = ByteBuffer.wrap(seed);
            if (!(Frame.next(in) instanceof Frame.Complete)) {
                continue;
            }
            for (int length = 0; length < seed.length; length++) {
                ByteBuffer part = ByteBuffer.wrap(seed, 0, length).slice();
                assertEquals(new Frame.Incomplete(), Frame.next(part));
                assertEquals(0, part.position(), "nothing is consumed");
            }
        }
    }

    /** True if a message came out; then it also survives being sent again. */
    private static boolean decode(byte[] bytes, Context context) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (!(Frame.next(in) instanceof Frame.Complete frame)) {
            return false;
        }
        if (!(MessageDecoder.decode(frame, context) instanceof Decoded.Ok ok)) {
            return false;
        }
        if (ok.tolerated().isEmpty()) {
            ByteBuffer again = MessageEncoder.encode(ok.message(), context);
            Frame.Complete second = (Frame.Complete) Frame.next(again);
            Decoded redecoded = MessageDecoder.decode(second, context);
            assertEquals(String.valueOf(normal(ok.message())), redecoded instanceof Decoded.Ok o
                    ? String.valueOf(normal(o.message()))
                    : redecoded.toString(), () -> HexFormat.of().formatHex(bytes));
        }
        return true;
    }

    /** Sent on, an unknown attribute is marked partial: the only difference allowed. */
    private static Message normal(Message message) {
        if (!(message instanceof Update update)) {
            return message;
        }
        List<Attribute> attributes = update.attributes().list().stream()
                .map(a -> a instanceof UnknownAttribute u
                        ? new UnknownAttribute(u.type(), 0, u.value())
                        : a)
                .toList();
        return new Update(update.withdrawn(), new Attributes(attributes), update.announced());
    }

    private static byte[] frame(int type, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate(Frame.HEADER + body.length);
        out.putLong(-1).putLong(-1).putShort((short) (Frame.HEADER + body.length))
                .put((byte) type).put(body);
        return out.array();
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/wire"))) {
            for (Path file : files.sorted().toList()) {
                StringBuilder hex = new StringBuilder();
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("hex: ") || line.startsWith("     ")) {
                        hex.append(line.substring(5).strip());
                    } else if (!hex.isEmpty()) {
                        seeds.add(HexText.parse(hex.toString()));
                        hex.setLength(0);
                    }
                }
            }
        }
        return seeds;
    }
}
