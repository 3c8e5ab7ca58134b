package io.siteswap.bgp.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * A table as large as tomorrow's Internet, the same for a seed: IPv4 prefixes from /24 to /16 in
 * the proportions one sees, about 4.5 of them to an UPDATE, nearly every UPDATE with attributes of
 * its own.
 */
public final class FullTable {

    /** Of 100 prefixes: so many of each length. */
    private static final int[] LENGTHS = {24, 60, 22, 12, 23, 11, 21, 6, 20, 5, 19, 3, 18, 1, 17,
            1, 16, 1};
    private static final int BIG_ENOUGH = 4096;

    private FullTable() {
    }

    /** @param updates how many messages they are */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Bytes(byte[] messages, int updates, int prefixes) {
    }

    /**
     * @param as of the neighbour, the first of every path
     * @param nextHop IPv4, as an int
     */
    public static Bytes of(int prefixes, long as, int nextHop, long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream all = new ByteArrayOutputStream(prefixes * 30);
        // From 1.0.0.0 upwards, each prefix after the one before.
        long next = 0x0100_0000L;
        int updates = 0;
        ByteBuffer message = ByteBuffer.allocate(BIG_ENOUGH);
        for (int left = prefixes; left > 0; updates++) {
            int size = Math.min(left, size(random));
            message.clear();
            message.putLong(-1).putLong(-1).putShort((short) 0).put((byte) 2)
                    .putShort((short) 0);
            attributes(random, as, nextHop, message);
            for (int i = 0; i < size; i++) {
                int length = length(random);
                long step = 1L << (32 - length);
                next = (next + step - 1) / step * step;
                if (next >>> 24 == 127) {
                    // Some speakers take no route to it.
                    next = 0x8000_0000L;
                }
                nlri(message, (int) next, length);
                next += step;
            }
            message.putShort(16, (short) message.position());
            all.write(message.array(), 0, message.position());
            left -= size;
        }
        return new Bytes(all.toByteArray(), updates, prefixes);
    }

    /** Most UPDATEs have one or two prefixes, some have many: 4.5 on average. */
    private static int size(Random random) {
        int dice = random.nextInt(100);
        return dice < 45
                ? 1
                : dice < 65
                        ? 2
                        : dice < 85
                                ? 3 + random.nextInt(4)
                                : 8 + random.nextInt(16);
    }

    private static int length(Random random) {
        int dice = random.nextInt(100);
        for (int i = 0; i < LENGTHS.length; i += 2) {
            dice -= LENGTHS[i + 1];
            if (dice < 0) {
                return LENGTHS[i];
            }
        }
        return 24;
    }

    private static void attributes(Random random, long as, int nextHop, ByteBuffer out) {
        int start = out.position();
        out.putShort((short) 0);
        out.put((byte) 0x40).put((byte) 1).put((byte) 1)
                .put((byte) (random.nextInt(10) == 0 ? 2 : 0));
        int hops = 2 + random.nextInt(7);
        out.put((byte) 0x40).put((byte) 2).put((byte) (2 + 4 * hops)).put((byte) 2)
                .put((byte) hops).putInt((int) as);
        for (int i = 1; i < hops; i++) {
            out.putInt(random.nextInt(4) == 0
                    ? 131072 + random.nextInt(60000)
                    : 1000 + random.nextInt(60000));
        }
        out.put((byte) 0x40).put((byte) 3).put((byte) 4).putInt(nextHop);
        if (random.nextInt(10) < 7) {
            int communities = 1 + random.nextInt(8);
            out.put((byte) 0xC0).put((byte) 8).put((byte) (4 * communities));
            for (int i = 0; i < communities; i++) {
                out.putInt((1000 + random.nextInt(60000)) << 16 | random.nextInt(5000));
            }
        }
        out.putShort(start, (short) (out.position() - start - 2));
    }

    private static void nlri(ByteBuffer out, int address, int length) {
        out.put((byte) length);
        for (int i = 0; i < (length + 7) / 8; i++) {
            out.put((byte) (address >>> (24 - 8 * i)));
        }
    }
}
