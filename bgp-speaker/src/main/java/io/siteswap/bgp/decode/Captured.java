package io.siteswap.bgp.decode;

import io.siteswap.bgp.wire.Octets;
import java.nio.ByteBuffer;
import java.time.Instant;

/** What a capture file gives. */
sealed interface Captured {

    /** @param missing octets of the packet that were not captured */
    record Packet(long record, long offset, Instant time, int linkType, ByteBuffer data,
            int missing) implements Captured {
    }

    record Bad(long record, long offset, Octets octets, String reason) implements Captured {
    }
}
