package io.siteswap.bgp.bfd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.bgp.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bytes and their meaning in both directions: {@code src/test/resources/bfd/*.vectors}. */
class ControlPacketTest {

    private static final Set<Refusal> SESSION_RULES = EnumSet.of(Refusal.UNKNOWN_DISCRIMINATOR,
            Refusal.UNKNOWN_NEIGHBOR, Refusal.TTL);

    @TestFactory
    Stream<DynamicTest> vectors() throws IOException {
        return Golden.folder("bfd", ".vectors",
                lines -> Golden.vectors(lines, ControlPacketTest::meaning));
    }

    private static List<String> meaning(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return switch (ControlPacket.decode(ByteBuffer.wrap(bytes))) {
            case Reception.Refused(Refusal why) -> List.of("refused: " + why.name());
            case Reception.Accepted(ControlPacket packet) -> {
                ByteBuffer again = ByteBuffer.allocate(ControlPacket.LENGTH);
                packet.encode(again);
                String sent = HexFormat.of().formatHex(again.array());
                // Octets after the length field's end and reserved diagnostics are not repeated.
                yield hex.equals(sent)
                        ? List.of(Words.of(packet))
                        : List.of(Words.of(packet), "sent again: " + sent);
            }
        };
    }

    @Test
    void everyRuleOfReceptionHasItsVector() throws IOException {
        List<String> told = java.nio.file.Files
                .readAllLines(java.nio.file.Path.of("src/test/resources/bfd/refused.vectors"));
        Set<Refusal> rules = EnumSet.allOf(Refusal.class);
        rules.removeAll(SESSION_RULES);
        rules.removeIf(rule -> told.contains("  refused: " + rule.name()));
        assertEquals(EnumSet.noneOf(Refusal.class), rules);
    }

    @Test
    void randomBytesNeverThrow() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 3 && random.nextBoolean()) {
                bytes[0] = (byte) (0x20 | (bytes[0] & 0x1F));
                bytes[3] = 24;
            }
            try {
                Reception _ = ControlPacket.decode(ByteBuffer.wrap(bytes));
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + ": " + HexFormat.of().formatHex(bytes), e);
            }
        }
    }
}
