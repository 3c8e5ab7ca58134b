package io.siteswap.bgp.speaker;

import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.Update;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a neighbour reads from the bytes it is sent. */
public final class Messages {

    private Messages() {
    }

    /** Whole UPDATEs without a fault, or the test fails. */
    public static List<Update> updates(byte[] bytes, Context context) {
        List<Update> updates = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            Frame.Complete frame = (Frame.Complete) Frame.next(in, context);
            Decoded.Ok ok = (Decoded.Ok) MessageDecoder.decode(frame, context);
            if (!ok.tolerated().isEmpty()) {
                throw new AssertionError(ok.tolerated());
            }
            updates.add((Update) ok.message());
        }
        return updates;
    }
}
