package io.siteswap.bgp.net;

import io.siteswap.bgp.wire.Context;
import java.nio.ByteBuffer;

/**
 * Hears every whole message of one connection as it stands on the wire, on the event loop. Bytes
 * are valid during the call.
 */
public interface WireTap {

    /** Before it has an effect, but for a plain UPDATE, which has had its effect on the RIB. */
    void received(Context context, byte[] in, int from, int to);

    /** One or more messages; the kernel may not have taken them yet. */
    void sent(Context context, ByteBuffer messages);

    /** The session on this connection is about to be up, and messages look like this. */
    void agreed(Context context);

    /** It ended, and not by us. */
    void lost();
}
