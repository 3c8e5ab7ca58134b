package io.siteswap.lab.bench;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Whole UPDATE messages (RFC 4271 section 4.3) one after the other in one buffer, encoded before
 * anything is measured. Attributes are drawn: AS paths of 2 to 8 numbers, communities on half of
 * the routes, a MED on a tenth.
 *
 * @param bytes to be duplicated by whoever reads them
 * @param messages how many
 */
record Updates(ByteBuffer bytes, int messages) {

    /** Announced last where a count alone would not tell that all has been read. */
    static final String MARKER = "203.0.113.0/24";

    private static final int HEADER = 19;
    private static final int LARGEST = 4096;
    private static final int MARKER_ADDRESS = 203 << 24 | 113 << 8;
    private static final int TRANSITS = 200;

    /** The table as the neighbour {@code as} at {@code nextHop} announces it. */
    static Updates announce(RouteTable table, long as, int nextHop, long seed) {
        var writer = new Writer(table, as, nextHop, seed);
        for (int group = 0; group < table.groups(); group++) {
            writer.announce(table.start(group), table.end(group));
        }
        return writer.done();
    }

    /** Takes back everything that {@link #announce} said. */
    static Updates withdraw(RouteTable table) {
        var writer = new Writer(table, 0, 0, 0);
        for (int from = 0; from < table.size();) {
            from = writer.withdraw(from);
        }
        return writer.done();
    }

    /** New attributes for the first {@code prefixes} of the table in turn, then the marker. */
    static Updates churn(RouteTable table, int prefixes, int changes, long as, int nextHop,
            long seed) {
        var writer = new Writer(table, as, nextHop, seed);
        for (int i = 0; i < changes; i++) {
            int index = i % Math.min(prefixes, table.size());
            writer.announce(index, index + 1);
        }
        writer.announceMarker();
        return writer.done();
    }

    private static final class Writer {
        private final RouteTable table;
        private final long as;
        private final int nextHop;
        private final Random random;
        private ByteBuffer out = ByteBuffer.allocate(1 << 20);
        private int messages;

        Writer(RouteTable table, long as, int nextHop, long seed) {
            this.table = table;
            this.as = as;
            this.nextHop = nextHop;
            this.random = new Random(seed);
        }

        void announce(int from, int to) {
            int start = begin();
            out.putShort((short) 0);
            attributes();
            for (int i = from; i < to; i++) {
                prefix(table.address(i), table.length(i));
            }
            end(start);
        }

        void announceMarker() {
            int start = begin();
            out.putShort((short) 0);
            attributes();
            prefix(MARKER_ADDRESS, 24);
            end(start);
        }

        /** @return index of the first prefix that did not fit */
        int withdraw(int from) {
            int start = begin();
            out.putShort((short) 0);
            int i = from;
            // 5 octets for the longest prefix, 2 for the length of no attributes.
            while (i < table.size() && out.position() - start + 7 <= LARGEST) {
                prefix(table.address(i), table.length(i));
                i++;
            }
            out.putShort(start + HEADER, (short) (out.position() - start - HEADER - 2));
            out.putShort((short) 0);
            end(start);
            return i;
        }

        Updates done() {
            // Outside of the heap, or each write would copy all that is left of it.
            var direct = ByteBuffer.allocateDirect(out.flip().remaining()).put(out);
            return new Updates(direct.flip(), messages);
        }

        private int begin() {
            if (out.remaining() < LARGEST) {
                out = ByteBuffer.allocate(out.capacity() * 2).put(out.flip());
            }
            int start = out.position();
            out.putLong(-1).putLong(-1).putShort((short) 0).put((byte) 2);
            return start;
        }

        private void end(int start) {
            out.putShort(start + 16, (short) (out.position() - start));
            messages++;
        }

        private void prefix(int address, int length) {
            out.put((byte) length);
            for (int shift = 24; shift > 24 - length; shift -= 8) {
                out.put((byte) (address >>> shift));
            }
        }

        private void attributes() {
            int at = out.position();
            out.putShort((short) 0);
            out.put((byte) 0x40).put((byte) 1).put((byte) 1)
                    .put((byte) (random.nextInt(10) == 0 ? 2 : 0));
            asPath();
            out.put((byte) 0x40).put((byte) 3).put((byte) 4).putInt(nextHop);
            if (random.nextInt(10) == 0) {
                out.put((byte) 0x80).put((byte) 4).put((byte) 4).putInt(random.nextInt(1000));
            }
            if (random.nextBoolean()) {
                communities();
            }
            out.putShort(at, (short) (out.position() - at - 2));
        }

        private void asPath() {
            int hops = 2 + random.nextInt(3) + random.nextInt(3) + random.nextInt(3);
            out.put((byte) 0x40).put((byte) 2).put((byte) (2 + 4 * hops));
            out.put((byte) 2).put((byte) hops).putInt((int) as);
            for (int i = 2; i < hops; i++) {
                out.putInt(1000 + 37 * random.nextInt(TRANSITS));
            }
            // The origin: from the old two-octet numbers or from the new ones.
            out.putInt(random.nextInt(3) == 0
                    ? 200_000 + random.nextInt(70_000)
                    : 24_000 + random.nextInt(40_000));
        }

        private void communities() {
            int count = 1 + random.nextInt(6);
            out.put((byte) 0xC0).put((byte) 8).put((byte) (4 * count));
            for (int i = 0; i < count; i++) {
                int provider = 1000 + 37 * random.nextInt(TRANSITS);
                out.putInt(provider << 16 | random.nextInt(5000));
            }
        }
    }
}
