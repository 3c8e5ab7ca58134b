package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code siteswap bgp decode} as people call it. */
class BgpDecodeCommandTest {

    private record Run(int exit, String out, String err) {
    }

    @TempDir
    private Path folder = Path.of("set by JUnit");

    @Test
    void aFileOfLinesBecomesLinesOfJson() throws IOException {
        Path file = write("001304\n");
        assertEquals(
                new Run(0, "{\"record\":1,\"offset\":0,\"type\":\"KEEPALIVE\",\"errors\":[]}\n",
                        ""),
                run("bgp", "decode", file.toString()));
        assertEquals(0, run("bgp", "decode", "--hex", "--json", file.toString()).exit);
    }

    @Test
    void faultsInTheFileAreNoFailureUnlessStrict() throws IOException {
        String file = write("nonsense\n001304\n").toString();
        Run run = run("bgp", "decode", "--hex", file);
        assertEquals(0, run.exit);
        assertEquals(2, run.out.lines().count());
        assertEquals(1, run("bgp", "decode", "--hex", "--strict", file).exit);
        assertEquals(0, run("bgp", "decode", "--strict", write("001304").toString()).exit);
    }

    @Test
    void wrongUsageIsOneSentence() throws IOException {
        String file = write("001304\n").toString();
        assertEquals(new Run(2, "", "siteswap: There is no file '/nowhere'.\n"),
                run("bgp", "decode", "/nowhere"));
        assertEquals(new Run(2, "", "siteswap: '" + folder + "' is a directory, not a file.\n"),
                run("bgp", "decode", folder.toString()));
        assertEquals(new Run(2, "", "siteswap: --port must be between 1 and 65535, not 0.\n"),
                run("bgp", "decode", "--port", "0", file));
        assertEquals(
                new Run(2, "",
                        "siteswap: '" + file + "': This is no packet capture: it begins with"
                                + " neither the header of pcap nor that of pcapng.\n"),
                run("bgp", "decode", "--pcap", file));
        Run both = run("bgp", "decode", "--pcap", "--mrt", file);
        assertEquals(2, both.exit);
        assertTrue(both.err.contains("mutually exclusive"), both.err);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("messages"), text);
    }

    private static Run run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            CommandLine line = Siteswap.commandLine().setErr(new PrintWriter(err, true));
            return new Run(line.execute(args), out.toString(StandardCharsets.UTF_8),
                    err.toString());
        } finally {
            System.setOut(before);
        }
    }
}
