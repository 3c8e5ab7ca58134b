package io.siteswap.bgp.fuzz;

import io.siteswap.bgp.decode.BgpDecode;
import io.siteswap.bgp.decode.DecodeOptions;
import io.siteswap.bgp.decode.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An MRT file, all of whose octets are the input's. */
public final class MrtFuzz {

    private MrtFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        boolean packed = data.length > 2 && data[0] == 0x1F && data[1] == (byte) 0x8B;
        boolean bzip2 = data.length > 2 && data[0] == 'B' && data[1] == 'Z';
        if (!packed && !bzip2) {
            BgpDecode.run(new ByteArrayInputStream(data), OutputStream.nullOutputStream(),
                    DecodeOptions.DEFAULTS.withFormat(Format.MRT));
        }
    }
}
