package io.siteswap.lab.chaos;

import io.siteswap.lab.client.Client;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The customers' orders that were acknowledged. Thread-safe. */
final class Orders {

    private static final int CALM_ORDERS = 10;

    private final Set<Long> unchecked = new HashSet<>();
    private final Deque<Client.Ack> recent = new ArrayDeque<>();
    private long acknowledged;

    synchronized void acknowledged(Client.Ack ack) {
        acknowledged++;
        unchecked.add(ack.id());
        recent.add(ack);
        while (ack.answered() - recent.getFirst().answered() > Duration.ofSeconds(5).toNanos()) {
            recent.removeFirst();
        }
    }

    synchronized long count() {
        return acknowledged;
    }

    /** Are orders that were sent after {@code since} answered, as many as it takes to say so? */
    synchronized boolean flowing(long since) {
        return recent.stream().filter(ack -> ack.sent() - since > 0).count() > CALM_ORDERS;
    }

    /** What was acknowledged and not yet looked for in a database. */
    synchronized List<Long> unchecked() {
        return new ArrayList<>(unchecked);
    }

    /** These were looked for; nobody need do so again. */
    synchronized void checked(List<Long> ids) {
        ids.forEach(unchecked::remove);
    }
}
