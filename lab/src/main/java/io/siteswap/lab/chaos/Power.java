package io.siteswap.lab.chaos;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which nodes are down, and by how many faults at once: a node that died alone does not boot while
 * its site has no power. Safe for use by several threads.
 */
final class Power {

    /** What happens to the nodes. */
    @FunctionalInterface
    interface Switch {
        void set(List<String> nodes) throws IOException;
    }

    private final Map<String, Integer> faults = new HashMap<>();

    /** One fault more keeps the nodes down. */
    synchronized void down(List<String> nodes, Switch off) throws IOException {
        nodes.forEach(node -> faults.merge(node, 1, Integer::sum));
        off.set(nodes);
    }

    /** One fault less; nodes that no other keeps down come up. */
    synchronized void up(List<String> nodes, Switch on) throws IOException {
        List<String> free = nodes.stream()
                .filter(node -> faults.merge(node, -1, Integer::sum) <= 0).toList();
        if (!free.isEmpty()) {
            on.set(free);
        }
    }
}
