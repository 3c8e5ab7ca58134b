package io.siteswap.lab.sim;

import java.util.Optional;

/**
 * How far a database's history goes: so many transactions from the beginning, the last of them on
 * that branch. Histories are a tree, a branch grows from where a promotion began to write.
 */
record Position(Branch branch, long count) {

    static final Position START = new Position(new Branch(0, Optional.empty()), 0);

    /** @param id grows from parent to child */
    record Branch(int id, Optional<Position> from) {
    }

    /** How many transactions both have, from the beginning. */
    static long common(Position one, Position other) {
        Branch a = one.branch;
        Branch b = other.branch;
        long both = Math.min(one.count, other.count);
        while (a.id != b.id) {
            boolean younger = a.id > b.id;
            Position from = (younger ? a : b).from.orElseThrow();
            both = Math.min(both, from.count);
            a = younger ? from.branch : a;
            b = younger ? b : from.branch;
        }
        return both;
    }

    boolean isPrefixOf(Position other) {
        return common(this, other) == count;
    }

    /** How many of its transactions the other lacks. */
    long beyond(Position other) {
        return count - common(this, other);
    }

    Position upTo(long end) {
        return end == count ? this : new Position(branch, end);
    }
}
