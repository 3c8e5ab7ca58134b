package io.siteswap.bgp.bmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One message of every kind: its bytes, and what tshark reads in them. */
class BmpEncoderTest {

    @Test
    void everyMessageHasItsBytes() throws IOException {
        List<String> told = new ArrayList<>(List.of("# Messages to a collector (RFC 7854)."));
        Samples.all().forEach((title, message) -> {
            byte[] bytes = BmpEncoder.encode(message);
            told.addAll(List.of("", "== " + title, "hex: " + HexFormat.of().formatHex(bytes)));
            assertEquals(bytes.length, ByteBuffer.wrap(bytes).getInt(1), title);
        });
        Golden.file("bmp/messages.txt", told);
    }

    @Test
    void tsharkUnderstandsThem(@TempDir Path dir) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")),
                "tshark is not installed: apt-get install tshark");
        String dump = Samples.all().values().stream().map(BmpEncoder::encode)
                .map(bytes -> "0000 " + HexFormat.ofDelimiter(" ").formatHex(bytes))
                .collect(Collectors.joining("\n"));
        Path text = Files.writeString(dir.resolve("bmp.txt"), dump + "\n");
        Path pcap = dir.resolve("bmp.pcap");
        String _ = run("text2pcap", "-q", "-T", "40000,11019", text.toString(), pcap.toString());
        String read = run("tshark", "-r", pcap.toString(), "-d", "tcp.port==11019,bmp", "-V");
        assertFalse(read.contains("Malformed"), read);
        for (String expected : List.of("Initiation Message (4)", "Peer Up Notification (3)",
                "Route Monitoring (0)", "Statistics Report (1)", "Peer Down Notification (2)",
                "Routes in Loc-RIB", "1000001",
                "Termination Message (5)", "203.0.113.0/24", "ASN: 64510",
                "Address: 198.18.9.9", "2001:db8::9")) {
            assertTrue(read.contains(expected), () -> expected + " is not in\n" + read);
        }
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
