package io.siteswap.lab.scenarios;

import io.siteswap.lab.scenarios.DirectWriter.Write;
import java.util.ArrayList;
import java.util.List;

/** How long two databases took writes at the same time. */
final class Overlap {

    /** Two writes of one database closer than this show that it was writable in between. */
    private static final long SAME_SPELL_NANOS = 100_000_000;

    private Overlap() {
    }

    /** Total time, ms rounded up, in which both were writable. */
    static long millis(List<Write> left, List<Write> right) {
        var nanos = 0L;
        for (var one : spells(left)) {
            for (var other : spells(right)) {
                // A write took effect somewhere between its begin and its end; the widest reading
                // is the one against us.
                var from = Math.max(one.began(), other.began());
                var to = Math.min(one.ended(), other.ended());
                nanos += Math.max(0, to - from);
            }
        }
        return Math.ceilDiv(nanos, 1_000_000);
    }

    private static List<Write> spells(List<Write> writes) {
        var spells = new ArrayList<Write>();
        for (var write : writes) {
            var last = spells.isEmpty() ? null : spells.getLast();
            if (last != null && write.began() - last.ended() < SAME_SPELL_NANOS) {
                spells.set(spells.size() - 1, new Write(last.began(), write.ended()));
            } else {
                spells.add(write);
            }
        }
        return spells;
    }
}
