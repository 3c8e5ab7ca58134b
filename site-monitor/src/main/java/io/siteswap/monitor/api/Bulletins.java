package io.siteswap.monitor.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/** The event stream of one node: keeps the newest and hands new ones to whoever listens. */
public final class Bulletins {

    /** Enough for a whole failover with all its steps, told to one who connects afterwards. */
    private static final int KEPT = 200;
    /** A listener that is this far behind is dropped; it can connect again. */
    private static final int BEHIND = 1_000;

    private final Deque<Bulletin> newest = new ArrayDeque<>();
    private final Set<BlockingQueue<Bulletin>> listeners = ConcurrentHashMap.newKeySet();

    /** Never blocks. */
    public synchronized void publish(Bulletin bulletin) {
        if (newest.size() == KEPT) {
            newest.removeFirst();
        }
        newest.addLast(bulletin);
        listeners.removeIf(listener -> !listener.offer(bulletin));
    }

    public synchronized List<Bulletin> newest() {
        return new ArrayList<>(newest);
    }

    /** A queue of everything published from now on; hand it back when done. */
    BlockingQueue<Bulletin> listen() {
        BlockingQueue<Bulletin> queue = new ArrayBlockingQueue<>(BEHIND);
        listeners.add(queue);
        return queue;
    }

    /** Is the queue still fed? */
    boolean feeds(BlockingQueue<Bulletin> queue) {
        return listeners.contains(queue);
    }

    void dismiss(BlockingQueue<Bulletin> queue) {
        listeners.remove(queue);
    }
}
