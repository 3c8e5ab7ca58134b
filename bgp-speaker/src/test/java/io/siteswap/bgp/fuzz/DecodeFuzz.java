package io.siteswap.bgp.fuzz;

import io.siteswap.bgp.decode.BgpDecode;
import io.siteswap.bgp.decode.DecodeOptions;
import io.siteswap.bgp.decode.Format;
import io.siteswap.bgp.decode.UnreadableInput;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.ZipException;

/** A file for {@code siteswap bgp decode}; the first octet says what kind it is said to be. */
public final class DecodeFuzz {

    private static final List<Format> FORMATS = List.of(Format.AUTO, Format.MRT, Format.PCAP,
            Format.HEX);

    private DecodeFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length == 0) {
            return;
        }
        Format format = FORMATS.get((data[0] & 0xFF) % FORMATS.size());
        try {
            BgpDecode.run(new ByteArrayInputStream(data, 1, data.length - 1),
                    OutputStream.nullOutputStream(), DecodeOptions.DEFAULTS.withFormat(format));
        } catch (UnreadableInput | ZipException | EOFException e) {
            // told in one sentence; a broken gzip is the JDK's to tell
        }
    }
}
