package io.siteswap.bgp.net;

import io.siteswap.bgp.wire.Consequence;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.WireError;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last faulty messages of one neighbour, newest last. Time is passed in. */
public final class FaultLog {

    /** Enough to see a pattern, little enough to keep for every neighbour. */
    public static final int MAX_ENTRIES = 64;
    public static final int MAX_OCTETS = 256;

    /**
     * @param count so many in a row were the same
     * @param hex of the octets at fault, the first 256
     */
    public record Entry(Instant first, Instant last, long count, Consequence consequence,
            String clause, String reason, String hex) {

        private boolean same(Entry other) {
            return consequence == other.consequence && clause.equals(other.clause)
                    && reason.equals(other.reason) && hex.equals(other.hex);
        }
    }

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long total;

    /** @param octets of the message, as much as there is */
    public void add(Instant now, WireError error, Octets octets) {
        total++;
        String hex = octets.toString();
        Entry entry = new Entry(now, now, 1, error.consequence(), error.clause(),
                error.reason(), hex.substring(0, Math.min(hex.length(), 2 * MAX_OCTETS)));
        Entry newest = entries.peekLast();
        if (newest != null && newest.same(entry)) {
            entries.removeLast();
            entries.addLast(new Entry(newest.first, now, newest.count + 1, entry.consequence,
                    entry.clause, entry.reason, entry.hex));
            return;
        }
        if (entries.size() == MAX_ENTRIES) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Since the start. */
    public long total() {
        return total;
    }
}
