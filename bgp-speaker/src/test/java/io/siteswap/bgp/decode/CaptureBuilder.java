package io.siteswap.bgp.decode;

import io.siteswap.bgp.wire.Address;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes captures of one connection between 198.51.100.1:179 and 198.51.100.2:40000. */
final class CaptureBuilder {

    static final int SYN = 2;
    static final int ACK = 16;
    static final int FIN = 1;

    /** File formats. */
    enum File {
        PCAP_BIG, PCAP_LITTLE, PCAP_NANOS, PCAPNG_BIG, PCAPNG_LITTLE
    }

    /** What stands before the IP header. */
    enum Link {
        ETHERNET(1), VLAN(1), QINQ(1), SLL(113), SLL2(276), RAW(101), LOOPBACK(0);

        private final int number;

        Link(int number) {
            this.number = number;
        }
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final File file;
    private final Link link;
    private final Address server;
    private final Address client;
    private int packets;

    CaptureBuilder(File file, Link link, boolean six) {
        this.file = file;
        this.link = link;
        this.server = Address.parse(six ? "2001:db8::1" : "198.51.100.1");
        this.client = Address.parse(six ? "2001:db8::2" : "198.51.100.2");
        switch (file) {
            case PCAP_BIG, PCAP_LITTLE, PCAP_NANOS -> pcapHeader();
            case PCAPNG_BIG, PCAPNG_LITTLE -> pcapNgHeader();
        }
    }

    private ByteOrder order() {
        return switch (file) {
            case PCAP_LITTLE, PCAPNG_LITTLE -> ByteOrder.LITTLE_ENDIAN;
            case PCAP_BIG, PCAP_NANOS, PCAPNG_BIG -> ByteOrder.BIG_ENDIAN;
        };
    }

    private void pcapHeader() {
        int magic = file == File.PCAP_NANOS ? Capture.PCAP_NANOS : Capture.PCAP_MICROS;
        put(ByteBuffer.allocate(24).order(order()).putInt(magic).putShort((short) 2)
                .putShort((short) 4).putLong(0).putInt(65535).putInt(link.number));
    }

    private void pcapNgHeader() {
        put(ByteBuffer.allocate(28).order(order()).putInt(Capture.PCAPNG).putInt(28)
                .putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0).putLong(-1)
                .putInt(28));
        // if_tsresol: nanoseconds.
        put(ByteBuffer.allocate(32).order(order()).putInt(1).putInt(32)
                .putShort((short) link.number).putShort((short) 0).putInt(65535)
                .putShort((short) 9).putShort((short) 1).put((byte) 9).put(new byte[3])
                .putInt(0).putInt(32));
    }

    CaptureBuilder server(int sequence, byte[] payload) {
        return segment(true, sequence, ACK, payload, 0);
    }

    CaptureBuilder client(int sequence, byte[] payload) {
        return segment(false, sequence, ACK, payload, 0);
    }

    /** @param missing octets at the end of the packet that were not captured */
    CaptureBuilder segment(boolean fromServer, int sequence, int flags, byte[] payload,
            int missing) {
        Address source = fromServer ? server : client;
        Address destination = fromServer ? client : server;
        ByteBuffer tcp = ByteBuffer.allocate(20 + payload.length);
        tcp.putShort((short) (fromServer ? 179 : 40000))
                .putShort((short) (fromServer ? 40000 : 179)).putInt(sequence).putInt(0)
                .put((byte) 0x50).put((byte) flags).putShort((short) 1000).putInt(0)
                .put(payload);
        ByteBuffer ip = source.octets() == 4
                ? v4(source, destination, tcp.flip())
                : v6(source, destination, tcp.flip());
        packet(framed(ip), missing);
        return this;
    }

    private static ByteBuffer v4(Address source, Address destination, ByteBuffer tcp) {
        ByteBuffer ip = ByteBuffer.allocate(20 + tcp.remaining());
        ip.put((byte) 0x45).put((byte) 0).putShort((short) ip.capacity()).putInt(0x4000)
                .put((byte) 64).put((byte) 6).putShort((short) 0);
        source.write(ip);
        destination.write(ip);
        return ip.put(tcp).flip();
    }

    /** With a hop-by-hop header, which has to be stepped over. */
    private static ByteBuffer v6(Address source, Address destination, ByteBuffer tcp) {
        ByteBuffer ip = ByteBuffer.allocate(48 + tcp.remaining());
        ip.putInt(0x60000000).putShort((short) (8 + tcp.remaining())).put((byte) 0)
                .put((byte) 64);
        source.write(ip);
        destination.write(ip);
        return ip.put((byte) 6).put((byte) 0).put(new byte[6]).put(tcp).flip();
    }

    private byte[] framed(ByteBuffer ip) {
        short type = (short) (server.octets() == 4 ? 0x0800 : 0x86DD);
        ByteBuffer head = ByteBuffer.allocate(40);
        switch (link) {
            case ETHERNET -> head.put(new byte[12]).putShort(type);
            case VLAN -> head.put(new byte[12]).putInt(0x81000007).putShort(type);
            case QINQ -> head.put(new byte[12]).putInt(0x88A80007).putInt(0x81000008)
                    .putShort(type);
            case SLL -> head.put(new byte[14]).putShort(type);
            case SLL2 -> head.putShort(type).put(new byte[18]);
            case LOOPBACK -> head.putInt(2);
            case RAW -> {
                // nothing before it
            }
        }
        byte[] frame = new byte[head.flip().remaining() + ip.remaining()];
        int length = head.remaining();
        head.get(frame, 0, length);
        ip.get(frame, length, frame.length - length);
        return frame;
    }

    private void packet(byte[] frame, int missing) {
        int captured = frame.length - missing;
        int second = 1_700_000_000 + packets++;
        switch (file) {
            case PCAP_BIG, PCAP_LITTLE, PCAP_NANOS -> put(ByteBuffer.allocate(16 + captured)
                    .order(order()).putInt(second)
                    .putInt(file == File.PCAP_NANOS ? 5_000_000 : 5_000).putInt(captured)
                    .putInt(frame.length).put(frame, 0, captured));
            case PCAPNG_BIG, PCAPNG_LITTLE -> {
                int padded = (captured + 3) & ~3;
                long stamp = second * 1_000_000_000L + 5_000_000;
                put(ByteBuffer.allocate(32 + padded).order(order()).putInt(6)
                        .putInt(32 + padded).putInt(0).putInt((int) (stamp >>> 32))
                        .putInt((int) stamp).putInt(captured).putInt(frame.length)
                        .put(frame, 0, captured).position(28 + padded).putInt(32 + padded));
            }
        }
    }

    CaptureBuilder put(ByteBuffer octets) {
        out.write(octets.array(), octets.arrayOffset(), octets.capacity());
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
