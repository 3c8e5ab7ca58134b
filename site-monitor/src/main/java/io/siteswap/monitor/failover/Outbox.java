package io.siteswap.monitor.failover;

import io.siteswap.monitor.quorum.Command;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Commands on their way into the log. What is wanted is computed anew at each event from what the
 * log has; this only remembers when each was proposed last, so that it is not done at every tick.
 */
record Outbox(Map<Command, Long> sent) {

    static final Outbox EMPTY = new Outbox(Map.of());

    Outbox {
        sent = Map.copyOf(sent);
    }

    /** Proposes what is wanted and was not proposed within {@code retry}. */
    Outbox flush(List<Command> wanted, Agenda agenda, long retry, List<Effect> out) {
        Map<Command, Long> next = new HashMap<>();
        for (Command command : wanted) {
            Long last = sent.get(command);
            if (last != null && !agenda.due(last + retry)) {
                next.put(command, last);
            } else if (next.put(command, agenda.now()) == null) {
                out.add(new Effect.Propose(command));
                agenda.remind(agenda.now() + retry);
            }
        }
        return new Outbox(next);
    }

    /** A proposal failed: it may be tried again after {@code pause}. */
    Outbox failed(Command command, long now, long pause, long retry) {
        if (!sent.containsKey(command)) {
            return this;
        }
        Map<Command, Long> next = new HashMap<>(sent);
        next.put(command, now - retry + pause);
        return new Outbox(next);
    }

}
