package io.siteswap.bgp.decode;

import io.siteswap.bgp.mrt.RecordInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** A capture file of either format, packet by packet. */
interface Capture {

    /** Larger packets do not exist; a larger number is a broken file. */
    int MAX_PACKET = 1 << 18;

    int PCAP_MICROS = 0xA1B2C3D4;
    int PCAP_NANOS = 0xA1B23C4D;
    int PCAPNG = 0x0A0D0D0A;

    Optional<Captured> next() throws IOException;

    static boolean isCapture(ByteBuffer head) {
        return head.remaining() >= 4
                && (head.getInt(0) == PCAPNG || PcapFile.order(head.getInt(0)).isPresent());
    }

    static Capture open(RecordInput in) throws IOException {
        ByteBuffer head = in.peek(24);
        if (head.remaining() >= 12 && head.getInt(0) == PCAPNG) {
            return new PcapNgFile(in);
        }
        Optional<ByteOrder> order = head.remaining() < 24
                ? Optional.empty()
                : PcapFile.order(head.getInt(0));
        if (order.isEmpty()) {
            throw new UnreadableInput("This is no packet capture: it begins with neither the"
                    + " header of pcap nor that of pcapng.");
        }
        return new PcapFile(in, order.get());
    }
}
