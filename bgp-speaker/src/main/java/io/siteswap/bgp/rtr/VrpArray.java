package io.siteswap.bgp.rtr;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The payloads of one family: address (two longs), then length, maximum length and AS in one. */
final class VrpArray {

    static final VrpArray EMPTY = new VrpArray(new long[0]);

    private static final int STRIDE = 3;
    private static final int LENGTH_SHIFT = 48;
    private static final int MAX_SHIFT = 40;
    private static final long AS_MASK = 0xFFFF_FFFFL;

    private final long[] data;

    private VrpArray(long[] data) {
        this.data = data;
    }

    /** Outcome of a merge. */
    sealed interface Merged {

        record Ok(VrpArray array) implements Merged {
        }

        record Wrong(RtrError error, Vrp vrp) implements Merged {
        }
    }

    int size() {
        return data.length / STRIDE;
    }

    long octets() {
        return (long) data.length * Long.BYTES;
    }

    int length(int i) {
        return (int) (data[i * STRIDE + 2] >>> LENGTH_SHIFT);
    }

    Vrp get(Family family, int i) {
        int at = i * STRIDE;
        long rest = data[at + 2];
        return new Vrp(new Prefix(new Address(family, data[at], data[at + 1]), length(i)),
                (int) (rest >>> MAX_SHIFT) & 0xFF, rest & AS_MASK);
    }

    /** Index of the first payload of that prefix, or where it would stand. */
    int first(Address address, int length) {
        int low = 0;
        int high = size();
        long rest = (long) length << LENGTH_SHIFT;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(data, middle * STRIDE, address.high(), address.low(), rest) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    boolean is(int i, Address address, int length) {
        return i < size() && data[i * STRIDE] == address.high()
                && data[i * STRIDE + 1] == address.low() && length(i) == length;
    }

    private static int compare(long[] data, int at, long high, long low, long rest) {
        int byHigh = Long.compareUnsigned(data[at], high);
        int byLow = byHigh != 0 ? byHigh : Long.compareUnsigned(data[at + 1], low);
        return byLow != 0 ? byLow : Long.compare(data[at + 2], rest);
    }

    private static long rest(Vrp vrp) {
        return (long) vrp.prefix().length() << LENGTH_SHIFT
                | (long) vrp.maxLength() << MAX_SHIFT | vrp.as();
    }

    private static final Comparator<Vrp> ORDER = Comparator
            .comparing((Vrp v) -> v.prefix().address()).thenComparingLong(VrpArray::rest);

    /**
     * This and the changes, merged. The order among changes of the same payload is kept: a cache
     * may withdraw and announce it in one answer.
     */
    Merged apply(List<Pdu.PrefixPdu> changes) {
        if (changes.isEmpty()) {
            return new Merged.Ok(this);
        }
        Pdu.PrefixPdu[] sorted = changes.toArray(Pdu.PrefixPdu[]::new);
        Arrays.sort(sorted, Comparator.comparing(Pdu.PrefixPdu::vrp, ORDER));
        long[] out = new long[data.length + sorted.length * STRIDE];
        int from = 0;
        int to = 0;
        int i = 0;
        while (i < sorted.length) {
            Vrp vrp = sorted[i].vrp();
            long high = vrp.prefix().address().high();
            long low = vrp.prefix().address().low();
            while (from < data.length && compare(data, from, high, low, rest(vrp)) < 0) {
                System.arraycopy(data, from, out, to, STRIDE);
                from += STRIDE;
                to += STRIDE;
            }
            boolean present = from < data.length && compare(data, from, high, low, rest(vrp)) == 0;
            from += present ? STRIDE : 0;
            for (; i < sorted.length && sorted[i].vrp().equals(vrp); i++) {
                if (present == sorted[i].announce()) {
                    return new Merged.Wrong(present
                            ? RtrError.DUPLICATE_ANNOUNCEMENT
                            : RtrError.WITHDRAWAL_OF_UNKNOWN, vrp);
                }
                present = !present;
            }
            if (present) {
                out[to] = high;
                out[to + 1] = low;
                out[to + 2] = rest(vrp);
                to += STRIDE;
            }
        }
        System.arraycopy(data, from, out, to, data.length - from);
        return new Merged.Ok(new VrpArray(Arrays.copyOf(out, to + data.length - from)));
    }
}
