package io.siteswap.bgp.fuzz;

import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.Open;
import java.nio.ByteBuffer;

/** The body of an OPEN, so that no octet is spent on its header. */
public final class OpenFuzz {

    private static final int MIN_BODY = 10;

    private OpenFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length >= MIN_BODY && data.length <= Frame.MAX_LENGTH - Frame.HEADER) {
            MessageFuzz.check(
                    MessageDecoder.decode(new Frame.Complete(Open.TYPE, ByteBuffer.wrap(data)),
                            Context.INITIAL),
                    Context.INITIAL);
        }
    }
}
