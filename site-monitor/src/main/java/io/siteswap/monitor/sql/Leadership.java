package io.siteswap.monitor.sql;

import java.util.List;
import java.util.Optional;

/**
 * Who leads, by a row in the database that the leader keeps changing: a leader whose sign stands
 * still for too long is replaced. Clocks of several machines are never compared. A value; no safety
 * rests on it, as two who believe that they lead are no more than two who propose: what may be
 * applied, the log decides.
 *
 * @param seen the newest sign, and {@code since} when it was first seen (ns)
 * @param confirmed when the newest sign of our own that the database took was sent; only ours count
 *     while {@code seen} is ours
 */
record Leadership(Rules rules, Optional<Sign> seen, long since, long confirmed) {

    /**
     * All times in ns.
     *
     * @param rank of this node in the order in which they take over, from 0
     * @param preferred takes over from whoever is not
     * @param unpreferred those it takes over from
     * @param beat period of the leader's signs
     * @param valid a leader acts for so long after its last sign was sent
     * @param patience the first in the order replaces a leader whose sign stood still for so long
     * @param stagger the next waits so much longer
     */
    record Rules(String node, int rank, boolean preferred, List<String> unpreferred, long beat,
            long valid, long patience, long stagger) {

        static Rules of(SqlSettings settings) {
            long min = settings.electionMin().toNanos();
            long max = settings.electionMax().toNanos();
            List<String> nodes = settings.nodes();
            int rank = nodes.indexOf(settings.node());
            return new Rules(settings.node(), rank, rank < settings.preferred(),
                    nodes.subList(settings.preferred(), nodes.size()), min / 4, min,
                    min + min / 10, (max - min) / Math.max(1, nodes.size()));
        }
    }

    /** A change of the sign to try. */
    record Change(Optional<Sign> before, Sign after) {
    }

    static Leadership started(Rules rules, long now) {
        return new Leadership(rules, Optional.empty(), now, now - rules.valid());
    }

    /** The sign as it was read from the database. */
    Leadership sees(long now, Optional<Sign> sign) {
        return sign.equals(seen) ? this : new Leadership(rules, sign, now, confirmed);
    }

    /** The database took a sign of ours, sent at {@code sent}. */
    Leadership took(long sent, Sign sign) {
        return new Leadership(rules, Optional.of(sign), sent, sent);
    }

    /** What this node should write now. */
    Optional<Change> due(long now) {
        if (seen.isEmpty()) {
            boolean mine = now - since >= rules.rank() * rules.stagger();
            return mine
                    ? Optional.of(new Change(seen, new Sign(1, rules.node(), 1)))
                    : Optional.empty();
        }
        Sign sign = seen.get();
        if (sign.node().equals(rules.node())) {
            return now - since >= rules.beat()
                    ? Optional.of(new Change(seen,
                            new Sign(sign.term(), sign.node(), sign.beat() + 1)))
                    : Optional.empty();
        }
        boolean dead = now - since >= rules.patience() + rules.rank() * rules.stagger();
        boolean better = rules.preferred() && rules.unpreferred().contains(sign.node());
        return dead || better
                ? Optional.of(new Change(seen, new Sign(sign.term() + 1, rules.node(), 1)))
                : Optional.empty();
    }

    boolean leads(long now) {
        return seen.filter(it -> it.node().equals(rules.node())).isPresent()
                && now - confirmed < rules.valid();
    }

    /** Name of the node that leads, as far as this one knows; empty when it knows none. */
    String leader(long now) {
        long limit = rules.patience() + rules.stagger();
        return seen.filter(_ -> now - since < limit).map(Sign::node).orElse("");
    }
}
