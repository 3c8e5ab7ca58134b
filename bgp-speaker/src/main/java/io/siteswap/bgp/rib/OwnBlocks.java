package io.siteswap.bgp.rib;

import io.siteswap.bgp.rib.PrefixFilter.Rule;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Our own prefixes of one family, asked for every prefix that anybody sends: a table of marks says no
 * to nearly all of them with one look.
 */
final class OwnBlocks {

    /** 4096 marks in 512 octets: a few hundred own prefixes leave nine of ten unset. */
    private static final int MARK_BITS = 12;
    /** 2^64 divided by the golden ratio: spreads neighbouring blocks. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Family family;
    private final List<Rule> rules;
    private final long[] marks = new long[1 << (MARK_BITS - 6)];
    /** So many upper bits are not part of a mark: those of the shortest block are. */
    private final int shift;

    OwnBlocks(Family family, Collection<Prefix> own) {
        this.family = family;
        this.rules = own.stream().filter(p -> p.family() == family)
                .map(p -> new Rule(p, p.length(), family.bits())).toList();
        int shortest = Math.min(64,
                rules.stream().mapToInt(Rule::ge).min().orElse(64));
        this.shift = 64 - shortest;
        if (shortest == 0) {
            Arrays.fill(marks, -1);
        }
        rules.forEach(rule -> {
            int mark = mark(rule.within().address().high());
            marks[mark >>> 6] |= 1L << mark;
        });
    }

    /** It is one of ours, or inside one of ours. */
    boolean cover(long high, long low, int length) {
        int mark = mark(high);
        return (marks[mark >>> 6] & 1L << mark) != 0 && matches(high, low, length);
    }

    boolean cover(Prefix prefix) {
        return prefix.family() == family
                && cover(prefix.address().high(), prefix.address().low(), prefix.length());
    }

    private int mark(long high) {
        return (int) (((high >>> shift) * SPREAD) >>> (64 - MARK_BITS));
    }

    private boolean matches(long high, long low, int length) {
        for (Rule rule : rules) {
            if (rule.matches(family, high, low, length)) {
                return true;
            }
        }
        return false;
    }
}
