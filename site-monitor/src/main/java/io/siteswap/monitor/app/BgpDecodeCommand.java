package io.siteswap.monitor.app;

import io.siteswap.bgp.decode.BgpDecode;
import io.siteswap.bgp.decode.DecodeOptions;
import io.siteswap.bgp.decode.Format;
import io.siteswap.bgp.decode.UnreadableInput;
import io.siteswap.monitor.app.Siteswap.Unusable;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code siteswap bgp decode}: every BGP message of a file as a JSON line. */
@Command(name = "decode", description = "Print every BGP message of an MRT file, a packet capture or hexadecimal text as one JSON line.", mixinStandardHelpOptions = true)
final class BgpDecodeCommand implements Callable<Integer> {

    private static final int BUFFER = 1 << 16;

    /** At most one of them. */
    private static final class Kind {
        @Option(names = "--mrt", description = "The file is MRT (RFC 6396).")
        private boolean mrt;
        @Option(names = "--pcap", description = "The file is pcap or pcapng.")
        private boolean pcap;
        @Option(names = "--hex", description = "The file is text, one message per line.")
        private boolean hex;

        Format format() {
            return mrt ? Format.MRT : pcap ? Format.PCAP : hex ? Format.HEX : Format.AUTO;
        }
    }

    @ArgGroup
    private Kind kind = new Kind();
    @Option(names = "--port", paramLabel = "PORT", description = "TCP port of BGP in a packet capture (default ${DEFAULT-VALUE}).", defaultValue = "179")
    private int port = 179;
    @Option(names = "--strict", description = "Exit 1 if anything was wrong.")
    private boolean strict;
    @SuppressWarnings("UnusedVariable") // so that a script may say what it wants
    @Option(names = "--json", description = "JSON lines; there is no other form.")
    private boolean json = true;
    @Parameters(paramLabel = "FILE", description = "The file, - for standard input; gzip is unpacked.")
    private String file = "-";

    @Override
    public Integer call() throws IOException {
        if (port < 1 || port > 65535) {
            throw new Unusable("--port must be between 1 and 65535, not " + port + ".");
        }
        DecodeOptions options = new DecodeOptions(kind.format(), port);
        try (InputStream in = open()) {
            BgpDecode.Outcome outcome = BgpDecode.run(in,
                    new BufferedOutputStream(new Printed(System.out), BUFFER), options);
            return strict && outcome.faulty() > 0 ? Siteswap.REFUSED : 0;
        } catch (UnreadableInput e) {
            throw new Unusable("'" + file + "': " + e.getMessage(), e);
        } catch (ReaderGone e) {
            // As with "| head": whoever read our output has seen enough.
            return 0;
        }
    }

    private InputStream open() throws IOException {
        if (file.equals("-")) {
            return System.in;
        }
        try {
            if (Files.isDirectory(Path.of(file))) {
                throw new Unusable("'" + file + "' is a directory, not a file.");
            }
            return Files.newInputStream(Path.of(file));
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new Unusable("There is no file '" + file + "'.", e);
        } catch (AccessDeniedException e) {
            throw new Unusable("The file '" + file + "' may not be read.", e);
        }
    }

    /** Nobody reads our output any more. */
    private static final class ReaderGone extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** A print stream hides that its reader is gone; here it is an exception again. */
    private static final class Printed extends OutputStream {

        private final PrintStream out;

        Printed(PrintStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[]{(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
            if (out.checkError()) {
                throw new ReaderGone();
            }
        }
    }
}
