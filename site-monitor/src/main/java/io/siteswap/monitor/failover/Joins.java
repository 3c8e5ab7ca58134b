package io.siteswap.monitor.failover;

import io.siteswap.monitor.quorum.Command;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a monitor learns that its replica has caught up: it proposes a numbered Join, and when that is
 * applied here, so is everything that was committed before. Only one that was sent a short while ago
 * counts: an older one, met on the way through what was missed, says nothing about the entries
 * behind it.
 *
 * @param count number of the newest
 * @param sent when the newest ones were sent, by number
 * @param notBefore when the next one may be sent, once there is a first
 */
record Joins(long count, Map<Long, Long> sent, long notBefore) {

    static final Joins NONE = new Joins(0, Map.of(), 0);

    Joins {
        sent = Map.copyOf(sent);
    }

    /** Sends another one if the last was sent long enough ago. */
    Joins send(Setup setup, long replaces, Agenda agenda, List<Effect> out) {
        if (count > 0 && !agenda.due(notBefore)) {
            return this;
        }
        long number = count + 1;
        long now = agenda.now();
        Map<Long, Long> next = new HashMap<>(sent);
        next.values().removeIf(at -> now - at >= setup.lease());
        next.put(number, now);
        out.add(new Effect.Propose(
                new Command.Join(setup.site(), setup.run(), number, replaces, true)));
        agenda.remind(now + setup.retry());
        return new Joins(number, next, now + setup.retry());
    }

    /** The proposal of one failed. */
    Joins failed(Command.Join join, Setup setup, long now) {
        return join.number() == count
                ? new Joins(count, sent, now + setup.backoff(0))
                : this;
    }

    /** One has counted: the next doubt may send another at once. */
    Joins arrived(long now) {
        return new Joins(count, sent, now);
    }

    /** Is this one of mine, and young enough to show that the replica has caught up? */
    boolean count(Command.Join join, Setup setup, long now) {
        Long at = sent.get(join.number());
        return join.site().equals(setup.site()) && join.run() == setup.run() && at != null
                && now - at < setup.lease();
    }
}
