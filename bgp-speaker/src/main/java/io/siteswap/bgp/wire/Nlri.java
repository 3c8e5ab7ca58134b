package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Prefixes on the wire: a length in bits and as many octets as it needs (RFC 4271 4.3). */
final class Nlri {

    private Nlri() {
    }

    static Parsed<List<Prefix>> read(ByteBuffer in, Family family) {
        List<Prefix> prefixes = new ArrayList<>();
        while (in.hasRemaining()) {
            int length = in.get() & 0xFF;
            int octets = (length + 7) / 8;
            if (length > family.bits()) {
                return new Parsed.Malformed<>("A prefix of " + length + " bits.");
            }
            if (octets > in.remaining()) {
                return new Parsed.Malformed<>("A prefix of " + length + " bits with "
                        + in.remaining() + " octets left.");
            }
            prefixes.add(read(in, family, length, octets));
        }
        return new Parsed.Value<>(prefixes);
    }

    private static Prefix read(ByteBuffer in, Family family, int length, int octets) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < octets; i++) {
            long octet = in.get() & 0xFFL;
            if (i < 8) {
                high |= octet << (56 - 8 * i);
            } else {
                low |= octet << (56 - 8 * (i - 8));
            }
        }
        return new Prefix(new Address(family, high, low), length);
    }

    static void write(List<Prefix> prefixes, ByteBuffer out) {
        for (Prefix prefix : prefixes) {
            out.put((byte) prefix.length());
            for (int i = 0; i < (prefix.length() + 7) / 8; i++) {
                long half = i < 8 ? prefix.address().high() : prefix.address().low();
                out.put((byte) (half >>> (56 - 8 * (i % 8))));
            }
        }
    }
}
