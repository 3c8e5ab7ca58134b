package io.siteswap.bgp.rib;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import java.util.List;

/**
 * Which prefixes of a neighbour are taken.
 *
 * @param everything all of them; the rules do not matter then
 * @param rules a prefix is taken if one of them matches
 */
public record PrefixFilter(boolean everything, List<Rule> rules) {

    public static final PrefixFilter EVERYTHING = new PrefixFilter(true, List.of());
    public static final PrefixFilter NOTHING = new PrefixFilter(false, List.of());
    public static final PrefixFilter DEFAULT_ONLY = of(
            Rule.exactly(new Prefix(Address.v4(0), 0)),
            Rule.exactly(new Prefix(Address.v6(0, 0), 0)));

    /**
     * A block and the lengths of the prefixes in it that match.
     *
     * @param ge shortest length in bits
     * @param le longest length in bits
     */
    public record Rule(Prefix within, int ge, int le) {

        /** @throws IllegalArgumentException with a sentence for the operator */
        public Rule {
            if (ge < within.length() || le < ge || le > within.family().bits()) {
                throw new IllegalArgumentException("In the prefix list entry " + within
                        + " ge and le must be in order between " + within.length() + " and "
                        + within.family().bits() + ", not " + ge + " and " + le + ".");
            }
        }

        public static Rule exactly(Prefix prefix) {
            return new Rule(prefix, prefix.length(), prefix.length());
        }

        boolean matches(Family family, long high, long low, int length) {
            Address block = within.address();
            return family == within.family() && ge <= length && length <= le
                    && ((high ^ block.high()) & mask(within.length())) == 0
                    && ((low ^ block.low()) & mask(within.length() - 64)) == 0;
        }

        private static long mask(int bits) {
            return bits <= 0 ? 0 : bits >= 64 ? -1 : -1L << (64 - bits);
        }
    }

    public PrefixFilter {
        rules = List.copyOf(rules);
    }

    public static PrefixFilter of(Rule... rules) {
        return new PrefixFilter(false, List.of(rules));
    }

    public boolean accepts(Prefix prefix) {
        return accepts(prefix.family(), prefix.address().high(), prefix.address().low(),
                prefix.length());
    }

    boolean accepts(Family family, long high, long low, int length) {
        if (everything) {
            return true;
        }
        for (Rule rule : rules) {
            if (rule.matches(family, high, low, length)) {
                return true;
            }
        }
        return false;
    }
}
