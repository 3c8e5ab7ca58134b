package io.siteswap.bgp.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.mrt.MrtPeer;
import io.siteswap.bgp.mrt.MrtSession;
import io.siteswap.bgp.mrt.MrtWriter;
import io.siteswap.bgp.mrt.TableRow;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Capability;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Keepalive;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.MessageEncoder;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Files in, lines out. {@code -Dgolden.update=true} writes the expected lines of
 * {@code src/test/resources/decode} anew.
 */
class BgpDecodeTest {

    private static final Path FOLDER = Path.of("src/test/resources/decode");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Context FOUR = new Context(true, true);
    private static final Context TWO = new Context(false, true);
    private static final byte[] KEEPALIVE = bytes(new Keepalive(), FOUR);

    @Test
    void hexadecimalLines() throws IOException {
        golden("hex", Files.readAllBytes(FOLDER.resolve("messages.hex")));
    }

    @Test
    void mrtRecords() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        MrtWriter writer = new MrtWriter(file);
        Instant time = Instant.parse("2026-11-21T12:00:00.000001Z");
        MrtSession session = new MrtSession(64500, 4_200_000_000L, 0,
                Address.parse("198.51.100.1"), Address.parse("198.51.100.2"));
        writer.table(time, Address.parse("198.18.0.9"), "edge", List.of(
                new MrtPeer(Address.parse("198.18.0.1"), Address.parse("198.51.100.1"), 64500)),
                List.of(new TableRow(Prefix.parse("203.0.113.0/24"),
                        List.of(new TableRow.Entry(0, time, route(64500).attributes()))))
                        .iterator());
        writer.stateChange(time, session, 5, 6);
        writer.message(time, session, false, FOUR, ByteBuffer.wrap(bytes(route(64500), FOUR)));
        writer.message(time, session, true, TWO, ByteBuffer.wrap(bytes(route(65537), TWO)));
        byte[] faulty = bytes(route(64500), FOUR);
        faulty[26] = 9;
        writer.message(time, session, false, FOUR, ByteBuffer.wrap(faulty));
        writer.message(time, session, false, FOUR, ByteBuffer.wrap(KEEPALIVE, 0, 18));
        file.write(HexFormat.of().parseHex("65000000" + "000c0001" + "00000001" + "00"));
        file.write(HexFormat.of().parseHex("65000000" + "00100004" + "00000001" + "00"));
        golden("mrt", file.toByteArray());
    }

    @Test
    void aConversation() throws IOException {
        golden("conversation",
                conversation(new CaptureBuilder(CaptureBuilder.File.PCAP_BIG,
                        CaptureBuilder.Link.ETHERNET, false)).bytes());
    }

    @Test
    void everyFormatAndLinkSaysTheSame() throws IOException {
        for (boolean six : List.of(false, true)) {
            List<String> expected = withoutOffset(conversation(
                    new CaptureBuilder(CaptureBuilder.File.PCAP_BIG, CaptureBuilder.Link.RAW,
                            six))
                    .bytes());
            assertEquals(7, expected.size());
            for (CaptureBuilder.File file : CaptureBuilder.File.values()) {
                for (CaptureBuilder.Link link : CaptureBuilder.Link.values()) {
                    byte[] capture = conversation(new CaptureBuilder(file, link, six)).bytes();
                    assertEquals(expected, withoutOffset(capture), file + " " + link);
                }
            }
        }
    }

    /** Segments that cut messages anywhere, twice, and in the wrong order. */
    private static CaptureBuilder conversation(CaptureBuilder capture) {
        byte[] server = concat(open(64500, true), KEEPALIVE, bytes(route(64500), FOUR),
                bytes(Update.endOfRib(Prefix.parse("0.0.0.0/0").family()), FOUR));
        byte[] client = concat(open(64501, true), KEEPALIVE, KEEPALIVE);
        // Close below the end of the sequence numbers, so that they wrap.
        int isn = -20;
        capture.segment(false, 99, CaptureBuilder.SYN, new byte[0], 0)
                .segment(true, isn, CaptureBuilder.SYN | CaptureBuilder.ACK, new byte[0], 0);
        capture.client(100, client);
        capture.server(isn + 1, Arrays.copyOfRange(server, 0, 30));
        capture.server(isn + 1 + 100, Arrays.copyOfRange(server, 100, server.length));
        capture.server(isn + 1, Arrays.copyOfRange(server, 0, 50));
        capture.server(isn + 1 + 30, Arrays.copyOfRange(server, 30, 100));
        capture.server(isn + 1 + 60, Arrays.copyOfRange(server, 60, 110));
        return capture.segment(true, isn + 1 + server.length, CaptureBuilder.FIN, new byte[0],
                0);
    }

    @Test
    void aCaptureThatBeginsInTheMiddleStartsAtTheNextMarker() throws IOException {
        byte[] stream = concat(bytes(route(64500), FOUR), KEEPALIVE);
        List<JsonNode> lines = decode(capture().server(5,
                Arrays.copyOfRange(stream, 7, stream.length)).bytes());
        assertEquals(List.of("GAP", "KEEPALIVE"), types(lines));
        assertEquals(bytes(route(64500), FOUR).length - 7,
                lines.get(0).get("octets").asInt());
    }

    @Test
    void whatWasNotCapturedIsAGapAndTheNextMessageIsFound() throws IOException {
        byte[] update = bytes(route(64500), FOUR);
        byte[] stream = concat(KEEPALIVE, update, KEEPALIVE, update);
        CaptureBuilder capture = capture().segment(true, 0, CaptureBuilder.SYN, new byte[0], 0);
        capture.server(1, Arrays.copyOfRange(stream, 0, 30));
        capture.server(41, Arrays.copyOfRange(stream, 40, stream.length));
        List<JsonNode> lines = decode(capture.bytes());
        assertEquals(List.of("KEEPALIVE", "GAP", "GAP", "GAP", "KEEPALIVE", "UPDATE"),
                types(lines));
        assertEquals("10 octets were not captured.",
                lines.get(2).get("errors").get(0).get("reason").asString());
    }

    @Test
    void aLossIsToldAsSoonAsTooMuchWaitsBehindIt() throws IOException {
        CaptureBuilder capture = capture().segment(true, 0, CaptureBuilder.SYN, new byte[0], 0);
        int sent = Stream.MAX_WAITING / (19 * 50) + 10;
        byte[] many = concat(Collections.nCopies(50, KEEPALIVE)
                .toArray(byte[][]::new));
        for (int i = 0; i < sent; i++) {
            capture.server(1 + 19 + i * many.length, many);
        }
        List<JsonNode> lines = decode(capture.bytes());
        assertEquals("GAP", lines.get(0).get("type").asString());
        long record = lines.get(0).get("record").asLong();
        assertTrue(record < sent, "told before the end, at packet " + record);
        assertEquals(sent * 50 + 1, lines.size());
    }

    @Test
    void aPacketCutByTheCaptureIsAGap() throws IOException {
        byte[] update = bytes(route(64500), FOUR);
        CaptureBuilder capture = capture().segment(true, 0, CaptureBuilder.SYN, new byte[0], 0)
                .segment(true, 1, CaptureBuilder.ACK, concat(KEEPALIVE, update), 20)
                .server(1 + 19 + update.length, KEEPALIVE);
        assertEquals(List.of("KEEPALIVE", "GAP", "GAP", "KEEPALIVE"),
                types(decode(capture.bytes())));
    }

    @Test
    void theOpensSayHowWideAsNumbersAre() throws IOException {
        CaptureBuilder capture = capture().segment(true, 0, CaptureBuilder.SYN, new byte[0], 0)
                .segment(false, 0, CaptureBuilder.SYN, new byte[0], 0)
                .server(1, open(64500, true)).client(1, open(64501, false));
        capture.server(1 + open(64500, true).length, bytes(route(64500), TWO));
        JsonNode update = decode(capture.bytes()).get(2);
        assertEquals("2 open", update.get("asOctets").asInt() + " "
                + update.get("asOctetsFrom").asString());
        assertEquals("[64500,64496]", update.get("attributes").get("asPath").toString());
        assertEquals(0, update.get("errors").size());
    }

    @Test
    void withoutOpensTheWidthIsGuessed() throws IOException {
        for (Context context : List.of(FOUR, TWO)) {
            JsonNode update = decode(
                    capture().server(1, bytes(route(64500), context)).bytes()).get(0);
            assertEquals((context.fourOctetAs() ? "4" : "2") + " guess",
                    update.get("asOctets").asInt() + " "
                            + update.get("asOctetsFrom").asString());
            assertEquals("[64500,64496]", update.get("attributes").get("asPath").toString());
        }
    }

    @Test
    void aWrongHeaderIsAnErrorAndTheNextMarkerCounts() throws IOException {
        byte[] wrong = KEEPALIVE.clone();
        wrong[17] = 5;
        List<JsonNode> lines = decode(
                capture().segment(true, 0, CaptureBuilder.SYN, new byte[0], 0)
                        .server(1, concat(KEEPALIVE, wrong, KEEPALIVE)).bytes());
        assertEquals(List.of("KEEPALIVE", "KEEPALIVE", "GAP", "KEEPALIVE"), types(lines));
        JsonNode error = lines.get(1).get("errors").get(0);
        assertEquals("session-reset", error.get("consequence").asString());
        assertEquals("RFC 4271 section 6.1", error.get("clause").asString());
    }

    @Test
    void otherPortsAreNotBgpUnlessSaid() throws IOException {
        byte[] capture = capture().server(1, KEEPALIVE).bytes();
        assertEquals(1, decode(capture, DecodeOptions.DEFAULTS.withPort(40000)).size());
        assertEquals(0, decode(capture, DecodeOptions.DEFAULTS.withPort(1179)).size());
    }

    @Test
    void gzipIsUnpackedAndBzip2Named() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(capture().server(1, KEEPALIVE).bytes());
        }
        assertEquals(List.of("KEEPALIVE"), types(decode(packed.toByteArray())));
        String reason = assertThrows(UnreadableInput.class,
                () -> decode(text("BZh91AY&SY"))).getMessage();
        assertEquals("This is compressed with bzip2: unpack it first, with bunzip2 -c FILE.",
                reason);
    }

    @Test
    void whatIsNothingIsNamed() throws IOException {
        assertEquals("This is neither MRT nor a packet capture nor hexadecimal text: say which"
                + " with --mrt, --pcap or --hex.",
                assertThrows(UnreadableInput.class, () -> decode(new byte[]{1, 2, 3}))
                        .getMessage());
        assertThrows(UnreadableInput.class,
                () -> decode(text("hello"), DecodeOptions.DEFAULTS.withFormat(Format.PCAP)));
        assertEquals(List.of(), decode(new byte[0]));
    }

    @Test
    void brokenCapturesNeverThrowAndGoOn() throws IOException {
        List<CaptureBuilder.File> files = List.of(CaptureBuilder.File.values());
        List<CaptureBuilder.Link> links = List.of(CaptureBuilder.Link.values());
        Random random = new Random(9072);
        int lines = 0;
        for (int i = 0; i < 4_000; i++) {
            byte[] capture = conversation(new CaptureBuilder(files.get(i % files.size()),
                    links.get(i % links.size()), i % 2 == 0)).bytes();
            for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
                capture[24 + random.nextInt(capture.length - 24)] = (byte) random.nextInt(256);
            }
            lines += decode(capture).size();
        }
        assertTrue(lines > 4_000 * 3, "most messages survive: " + lines);
    }

    @Test
    void faultyLinesAreCounted() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BgpDecode.Outcome outcome = BgpDecode.run(
                new ByteArrayInputStream(text(HexFormat.of().formatHex(KEEPALIVE) + "\nzz\n")),
                out, DecodeOptions.DEFAULTS);
        assertEquals(new BgpDecode.Outcome(2, 1), outcome);
        assertFalse(out.toString(StandardCharsets.UTF_8).isEmpty());
    }

    private static CaptureBuilder capture() {
        return new CaptureBuilder(CaptureBuilder.File.PCAP_LITTLE, CaptureBuilder.Link.ETHERNET,
                false);
    }

    private static Update route(long as) {
        return new Update(List.of(),
                Attributes.of(new Origin(Origin.Source.IGP), AsPath.of(List.of(as, 64496L)),
                        new NextHop(Address.parse("198.51.100.1"))),
                List.of(Prefix.parse("203.0.113.0/24")));
    }

    private static byte[] open(long as, boolean four) {
        List<Capability> capabilities = four
                ? List.of(new Capability.MultiProtocol(1, 1), new Capability.FourOctetAs(as))
                : List.of();
        return bytes(Open.of(as, 90, Address.parse("198.18.0.1"), capabilities), FOUR);
    }

    private static byte[] bytes(Message message, Context context) {
        return HexFormat.of().parseHex(
                Octets.read(MessageEncoder.encode(message, context)).toString());
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<String> types(List<JsonNode> lines) {
        return lines.stream().map(line -> line.get("type").asString()).toList();
    }

    private static List<String> withoutOffset(byte[] file) throws IOException {
        return print(file, DecodeOptions.DEFAULTS).lines()
                .map(line -> line.replaceFirst("\"record\":\\d+,\"offset\":\\d+,", ""))
                .toList();
    }

    private static List<JsonNode> decode(byte[] file) throws IOException {
        return decode(file, DecodeOptions.DEFAULTS);
    }

    private static List<JsonNode> decode(byte[] file, DecodeOptions options)
            throws IOException {
        return print(file, options).lines().map(JSON::readTree).toList();
    }

    private static String print(byte[] file, DecodeOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BgpDecode.run(new ByteArrayInputStream(file), out, options);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void golden(String name, byte[] file) throws IOException {
        Path expected = FOLDER.resolve(name + ".jsonl");
        String lines = print(file, DecodeOptions.DEFAULTS);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, lines);
        }
        assertEquals(Files.readString(expected), lines);
    }
}
