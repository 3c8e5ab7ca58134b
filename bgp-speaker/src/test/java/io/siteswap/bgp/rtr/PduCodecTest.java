package io.siteswap.bgp.rtr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.bgp.Golden;
import io.siteswap.bgp.wire.Octets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bytes and their meaning in both directions: {@code src/test/resources/rtr/*.vectors}. */
class PduCodecTest {

    @TestFactory
    Stream<DynamicTest> vectors() throws IOException {
        return Golden.folder("rtr", ".vectors",
                lines -> Golden.vectors(lines, PduCodecTest::meaning));
    }

    private static List<String> meaning(String hex) {
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        return switch (PduCodec.next(in)) {
            case PduCodec.Read.Incomplete _ -> List.of("incomplete");
            case PduCodec.Read.Broken(RtrError error, Octets quote, String reason) -> List
                    .of(error + (quote.length() == 0 ? ", not reported" : "") + ": " + reason);
            case PduCodec.Read.Complete(int version, Pdu pdu) -> {
                String sent = Octets.read(PduCodec.encode(version, pdu)).toString();
                String means = "version " + version + " " + pdu;
                yield sent.equals(hex) ? List.of(means) : List.of(means, "sent again: " + sent);
            }
        };
    }

    @Test
    void randomBytesNeverThrow() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = new byte[8 + random.nextInt(40)];
            random.nextBytes(bytes);
            bytes[0] = (byte) random.nextInt(3);
            bytes[1] = (byte) random.nextInt(12);
            if (random.nextInt(8) > 0) {
                ByteBuffer.wrap(bytes).putInt(4, bytes.length - random.nextInt(2));
            }
            if (bytes.length > 16 && random.nextBoolean()) {
                ByteBuffer.wrap(bytes).putInt(8, random.nextInt(bytes.length));
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            try {
                if (PduCodec.next(in) instanceof PduCodec.Read.Incomplete) {
                    assertEquals(0, in.position());
                }
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + ": " + HexFormat.of().formatHex(bytes), e);
            }
        }
    }
}
